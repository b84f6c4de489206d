(let $tails (new i32 (+ (len $numbers) 1)))
(let $length 0)
(each $x $numbers
  (let $low 0)
  (let $high $length)
  (while (< $low $high)
    (let $mid (/ (+ $low $high) 2))
    (if (< (at $tails $mid) $x)
      (then (let $low (+ $mid 1)))
      (else (let $high $mid))))
  (put $tails $low $x)
  (if (= $low $length)
    (then (let $length (+ $length 1)))))
$length

(let $row (new i64 (max 0 (+ $n 1))))
(let $c (i64 1))
(for $k 0 (+ $n 1)
  (put $row $k $c)
  (let $c (/ (* $c (- $n $k)) (+ $k 1))))
$row

(let $digits (text $n))
(let $sum 0)
(for $i 0 (len $digits)
  (let $c (string.char_code $digits $i))
  (if (>= $c 48) (then (let $sum (+ $sum (- $c 48))))))
$sum

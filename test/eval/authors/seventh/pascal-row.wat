(let $out (list))
(let $c (i64 1))
(for $k 0 (+ $n 1)
  (array.push $out $c)
  (let $c (/ (* $c (- $n $k)) (+ $k 1))))
$out

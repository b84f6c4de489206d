(if (< $n 0) (fail EBOUND))
(let $a (i64 0))
(let $b (i64 1))
(for $i 0 $n
  (let $t (+ $a $b))
  (let $a $b)
  (let $b $t))
$a

(let $out (list))
(if (< $n 3) (resv $out))
(let $composite (new i32 $n))
(for $i 2 $n
  (if (= (at $composite $i) 0)
    (then
      (array.push $out $i)
      (let $j (+ $i $i))
      (while (< $j $n)
        (put $composite $j 1)
        (let $j (+ $j $i))))))
$out

(let $primes (list))
(let $composite (new i32 (max $n 0)))
(for $i 2 $n
  (if (= (at $composite $i) 0)
    (then
      (array.push $primes $i)
      (if (<= $i 46340)
        (then
          (let $j (* $i $i))
          (while (< $j $n)
            (put $composite $j 1)
            (let $j (+ $j $i))))))))
$primes

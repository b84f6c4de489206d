(let $n (len $names))
(if (= $n 0) (resv "Nobody takes part"))
(let $i (min (- $n 1) (i32 (number.floor (* (random.float) (f64 $n))))))
(format "The winner is {}" (at $names $i))

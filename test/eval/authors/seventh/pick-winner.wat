(let $n (len $names))
(if (= $n 0) (resv "Nobody takes part"))
(let $i (i32 (number.floor (* (random.float) (f64 $n)))))
(format "The winner is {}" (at $names (min $i (- $n 1))))

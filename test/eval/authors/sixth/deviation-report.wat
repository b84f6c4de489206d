(let $n (len $values))
(if (= $n 0) (resv "n=0"))
(let $sum 0.0)
(each $v $values
  (let $sum (+ $sum $v)))
(let $mean (/ $sum (f64 $n)))
(let $squares 0.0)
(each $v $values
  (let $squares (+ $squares (* (- $v $mean) (- $v $mean)))))
(format "n={$n} mean={:.2} sd={:.2}" $mean (number.sqrt (/ $squares (f64 $n))))

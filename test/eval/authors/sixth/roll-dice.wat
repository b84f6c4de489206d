(if (or (< $dice 1) (> $dice 20)) (fail EBOUND))
(let $eyes (list))
(let $sum 0)
(for $i 0 $dice
  (let $eye (+ 1 (i32 (number.floor (* (random.float) 6.0)))))
  (array.push $eyes (text $eye))
  (let $sum (+ $sum $eye)))
(format "{} = {$sum}" (string.join $eyes " + "))

(if (or (< $dice 1) (> $dice 20)) (fail EBOUND))
(let $rolls (list))
(let $sum 0)
(for $i 0 $dice
  (let $eyes (+ 1 (min 5 (i32 (number.floor (* (random.float) 6.0))))))
  (let $sum (+ $sum $eyes))
  (array.push $rolls (text $eyes)))
(format "{} = {}" (string.join $rolls " + ") $sum)

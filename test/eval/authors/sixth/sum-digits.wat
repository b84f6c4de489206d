(let $sum 0)
(while (!= $n 0)
  (let $sum (+ $sum (i32 (abs (% $n 10)))))
  (let $n (/ $n 10)))
$sum

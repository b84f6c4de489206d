(let $out (list))
(each $row $rows
  (let $sum 0)
  (each $x $row (let $sum (+ $sum (i32 $x))))
  (array.push $out $sum))
$out

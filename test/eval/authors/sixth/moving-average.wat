(if (< $width 1) (fail EBOUND))
(let $out (list))
(for $i 0 (+ (- (len $values) $width) 1)
  (let $sum 0.0)
  (for $j 0 $width
    (let $sum (+ $sum (at $values (+ $i $j)))))
  (array.push $out (/ $sum (f64 $width))))
$out

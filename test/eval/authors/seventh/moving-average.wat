(if (< $width 1) (fail EBOUND))
(let $out (list))
(for $i 0 (+ (- (len $values) $width) 1)
  (let $sum 0.0)
  (for $j $i (+ $i $width)
    (let $sum (+ $sum (f64 (at $values $j)))))
  (array.push $out (/ $sum (f64 $width))))
$out

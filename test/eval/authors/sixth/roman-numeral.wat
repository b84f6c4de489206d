(if (or (< $n 1) (> $n 3999)) (fail EBOUND))
(let $marks (list "M" "CM" "D" "CD" "C" "XC" "L" "XL" "X" "IX" "V" "IV" "I"))
(let $out "")
(each $item $i (list 1000 900 500 400 100 90 50 40 10 9 5 4 1)
  (let $size (i32 $item))
  (while (>= $n $size)
    (let $out (format "{$out}{}" (at $marks $i)))
    (let $n (- $n $size))))
$out

(if (<= $people 0) (resv "Nobody pays"))
(let $tip (/ (* $total $tip_percent) 100.0))
(format "Each of {$people} pays {:.2} (tip {:.2})" (/ (+ $total $tip) (f64 $people)) $tip)

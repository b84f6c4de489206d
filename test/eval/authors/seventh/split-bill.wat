(if (<= $people 0) (resv "Nobody pays"))
(let $tip (/ (* $total $tip_percent) 100.0))
(format "Each of {} pays {:.2} (tip {:.2})" $people (/ (+ $total $tip) (f64 $people)) $tip)

(let $x (string.lines (http.get $one)))
(let $y (string.lines (http.get $other)))
(let $n (min (len $x) (len $y)))
(for $i 0 $n
  (if (!= (text (at $x $i)) (text (at $y $i)))
    (resv (format "line {}" (+ $i 1)))))
(if (= (len $x) (len $y)) "same" (format "line {}" (+ $n 1)))

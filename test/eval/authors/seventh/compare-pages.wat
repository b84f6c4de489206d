(let $a (string.lines (http.get $one)))
(let $b (string.lines (http.get $other)))
(let $n (min (len $a) (len $b)))
(for $i 0 $n
  (if (!= (text (at $a $i)) (text (at $b $i)))
    (then (resv (format "line {}" (+ $i 1))))))
(if (= (len $a) (len $b)) (resv "same"))
(format "line {}" (+ $n 1))

(let $n (len $names))
(if (= $n 0) (resv "nobody"))
(if (= $n 1) (resv (text (at $names 0))))
(format "{} and {}" (string.join (array.slice $names 0 (- $n 1)) ", ") (at $names (- $n 1)))

(let $a (i32 (/ (time.parse $from "UTC" "yyyy-MM-dd") 86400000.0)))
(let $b (i32 (/ (time.parse $to "UTC" "yyyy-MM-dd") 86400000.0)))
(let $n 0)
(for $day $a (+ $b 1)
  (let $w (% (+ (% $day 7) 7) 7))
  (if (and (!= $w 2) (!= $w 3)) (then (let $n (+ $n 1)))))
$n

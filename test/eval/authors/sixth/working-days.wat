(let $a (i32 (number.floor (/ (time.parse $from "UTC" "yyyy-MM-dd") 86400000.0))))
(let $b (i32 (number.floor (/ (time.parse $to "UTC" "yyyy-MM-dd") 86400000.0))))
(let $count 0)
(for $day $a (+ $b 1)
  (let $w (% (+ (% $day 7) 7) 7))
  (if (and (!= $w 2) (!= $w 3))
    (then (let $count (+ $count 1)))))
$count

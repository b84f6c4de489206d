(let $day (i32 (/ (time.parse $date "UTC" "yyyy-MM-dd") 86400000.0)))
(let $names (list "Thursday" "Friday" "Saturday" "Sunday" "Monday" "Tuesday" "Wednesday"))
(text (at $names (% (+ (% $day 7) 7) 7)))

(let $days (i32 (number.floor (/ (time.parse $date "UTC" "yyyy-MM-dd") 86400000.0))))
(let $names (list "Thursday" "Friday" "Saturday" "Sunday" "Monday" "Tuesday" "Wednesday"))
(let $i (% (+ (% $days 7) 7) 7))
(text (at $names $i))

(let $ms (time.parse $date "UTC" "yyyy-MM-dd"))
(let $first (time.add (time.start_of $ms "month" "UTC") 2 "month" "UTC"))
(time.format (time.add $first -1 "day" "UTC") "yyyy-MM-dd" "UTC")

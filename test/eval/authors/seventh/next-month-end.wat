(let $first (time.start_of (time.parse $date "UTC" "yyyy-MM-dd") "month" "UTC"))
(time.format (time.add (time.add $first 2 "month" "UTC") -1 "day" "UTC") "yyyy-MM-dd" "UTC")

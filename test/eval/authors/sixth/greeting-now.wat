(let $clock (time.format (time.now) "HH:mm" $zone))
(let $part (if (< $clock "12:00") "morning" (if (< $clock "18:00") "afternoon" "evening")))
(format "Good {$part}, {$name}!")

;;| name = "time_convert"
;;| description = "What clocks in another time zone show at a time; HH:mm alone means today."
;;| signature = "(time: string, from_zone: string, to_zone: string) -> string"
;;| grants = ["time"]
;;|
;;| [[example]]
;;| says = "when it is 2026-12-01 15:00 in Europe/Berlin, what time is it in America/New_York?"
;;| args = ["2026-12-01 15:00", "Europe/Berlin", "America/New_York"]
;;| result = "Tuesday 15:00 in Europe/Berlin is Tuesday, 2026-12-01 09:00 in America/New_York."
;;|
;;| [[example]]
;;| says = "convert 22:15 from America/Los_Angeles to Asia/Kolkata"
;;| args = ["22:15", "America/Los_Angeles", "Asia/Kolkata"]
;;| result = "Sunday 22:15 in America/Los_Angeles is Monday, 2026-11-23 11:45 in Asia/Kolkata."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["soon", "UTC", "Asia/Kolkata"]
;;| result = "I cannot read the time soon; write it as 15:00 or 2026-11-22 15:00."
;;|
;;| [[example]]
;;| args = ["15:00", "UTC", "Kolkatta"]
;;| result = "I do not know the time zone Kolkatta; write it as Europe/Berlin."
;;|
;;| [[example]]
;;| args = ["15:00", "", "Asia/Kolkata"]
;;| result = "Name both time zones, such as Europe/Berlin."
;;|
;;| [[example]]
;;| args = ["15:00", "Berlin", "Tokyo"]
;;| result = "Sunday 15:00 in Berlin is Sunday, 2026-11-22 23:00 in Tokyo."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["9 am", "PST", "Köln"]
;;| result = "Sunday 09:00 in PST is Sunday, 2026-11-22 18:00 in Köln."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["2026-12-01 3:30pm", "san francisco", "UTC"]
;;| result = "Tuesday 15:30 in san francisco is Tuesday, 2026-12-01 23:30 in UTC."
;;|
;;| [[example]]
;;| args = ["now", "Berlin", "Tokyo"]
;;| result = "Sunday 16:30 in Berlin is Monday, 2026-11-23 00:30 in Tokyo."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["15:00 Uhr", "Berlin", "London"]
;;| result = "Sunday 15:00 in Berlin is Sunday, 2026-11-22 14:00 in London."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["tomorrow 9 am", "Berlin", "UTC"]
;;| result = "Monday 09:00 in Berlin is Monday, 2026-11-23 08:00 in UTC."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["25:00", "Berlin", "UTC"]
;;| result = "I cannot read the time 25:00; write it as 15:00 or 2026-11-22 15:00."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000

(if (or (= (string.trim $from_zone) "") (= (string.trim $to_zone) ""))
  (resv "Name both time zones, such as Europe/Berlin."))
(each $zone (list $from_zone $to_zone)
  (let $shown (catch $err (time.format 0 "HH:mm" $zone)))
  (if $err (resv (format "I do not know the time zone {$zone}; write it as Europe/Berlin."))))
;; A clock time alone is one of today, where the clock shows it.
(let $clock (default (regex.match $time "^\\s*(today|tomorrow|now)?[\\s,]*(?:at\\s)?\\s*(\\d{1,2}:\\d\\d(?::\\d\\d)?(?:\\s*[ap]\\.?m\\.?)?|\\d{1,2}\\s*[ap]\\.?m\\.?)?(?:\\s*(?:uhr|h))?\\s*$" "i") null))
(let $whole $time)
(if (and (!= $clock null) (!= (string.trim $time) ""))
  (then
    (let $day (time.now))
    (if (= (string.lower (text (at $clock 1))) "tomorrow") (let $day (time.add $day 1 "day" $from_zone)))
    (let $whole
      (format "{} {}" (time.format $day "yyyy-MM-dd" $from_zone)
        (if (= (at $clock 2) null) (time.format $day "HH:mm" $from_zone) (text (at $clock 2)))))))
(let $at (catch $err (time.parse $whole $from_zone)))
(if $err (resv (format "I cannot read the time {$time}; write it as 15:00 or 2026-11-22 15:00.")))
(format "{} in {$from_zone} is {} in {$to_zone}."
  (time.format $at "EEEE HH:mm" $from_zone) (time.format $at "EEEE, yyyy-MM-dd HH:mm" $to_zone))

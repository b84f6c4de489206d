;;| name = "time_now"
;;| description = "The date and time now in a time zone, such as Europe/Berlin or UTC."
;;| signature = "(zone: string) -> string"
;;| grants = ["time"]
;;|
;;| [[example]]
;;| says = "what time is it in Asia/Tokyo?"
;;| args = ["Asia/Tokyo"]
;;| result = "Monday, 23 November 2026, 00:30 (Asia/Tokyo)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| says = "what is today's date in UTC"
;;| args = ["UTC"]
;;| result = "Sunday, 22 November 2026, 15:30 (UTC)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["Tokio"]
;;| result = "I do not know the time zone Tokio; write it as Europe/Berlin."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["berlin"]
;;| result = "Sunday, 22 November 2026, 16:30 (Europe/Berlin)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["new york"]
;;| result = "Sunday, 22 November 2026, 10:30 (America/New_York)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["San Francisco"]
;;| result = "Sunday, 22 November 2026, 07:30 (America/Los_Angeles)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["PST"]
;;| result = "Sunday, 22 November 2026, 07:30 (PST)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = [" "]
;;| result = "Name a time zone or a city, such as Europe/Berlin."
;;|
;;| [[example]]
;;| args = ["Tokyo, Japan"]
;;| result = "Monday, 23 November 2026, 00:30 (Asia/Tokyo)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000

(if (= (string.trim $zone) "") (resv "Name a time zone or a city, such as Europe/Berlin."))
(let $now (time.now))
(let $date (catch $err (time.format $now "EEEE, d MMMM yyyy, HH:mm" $zone)))
(if $err (resv (format "I do not know the time zone {$zone}; write it as Europe/Berlin.")))
;; An offset says less than what it was called.
(let $name (text (at (time.parts $now $zone) "zone")))
(format "{$date} ({})" (if (regex.test $name "^[+-]") (string.trim $zone) $name))

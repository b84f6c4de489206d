;;| name = "countdown"
;;| description = "How long it still is until a date or time (in UTC), or how long ago it was."
;;| signature = "(event: string, time: string) -> string"
;;| grants = ["time"]
;;|
;;| [[example]]
;;| says = "countdown to the release on 2026-12-04"
;;| args = ["the release", "2026-12-04"]
;;| result = "11 d 8 h until the release (Friday, 4 December 2026)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| says = "how long until Übergabe at 2026-11-22 18:00?"
;;| args = ["Übergabe", "2026-11-22 18:00"]
;;| result = "2 h 30 min until Übergabe (Sunday, 22 November 2026)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["the launch", "2026-11-20 15:00"]
;;| result = "2 d 0 h since the launch (Friday, 20 November 2026)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["the end", "some day"]
;;| result = "Write the time as 2026-12-04 or 2026-12-04 18:00."
;;|
;;| [[example]]
;;| args = ["Weihnachten", "Dec 24"]
;;| result = "31 d 8 h until Weihnachten (Thursday, 24 December 2026)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["the new year", "1 Jan"]
;;| result = "39 d 8 h until the new year (Friday, 1 January 2027)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = ["the call", "18:00"]
;;| result = "2 h 30 min until the call (Sunday, 22 November 2026)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| args = [" ", "2026-12-04"]
;;| result = "11 d 8 h until then (Friday, 4 December 2026)"
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000

(let $at (catch $err (time.parse $time)))
(if (and $err (not (regex.test $time "\\d"))) (resv "Write the time as 2026-12-04 or 2026-12-04 18:00."))
(let $now (time.now))
;; A clock time alone is one of today, and a date without a year the next one.
(if $err (let $at (catch $err (time.parse (+ (time.format $now "yyyy-MM-dd ") $time)))))
(if $err
  (then
    (let $at (catch $err (time.parse (+ $time (time.format $now " yyyy")))))
    (if (and (= $err 0) (< $at (time.start_of $now "day"))) (let $at (time.add $at 1 "year")))))
(if $err (resv "Write the time as 2026-12-04 or 2026-12-04 18:00."))
(let $event (if (= (string.trim $event) "") "then" $event))
(let $minutes (i64 (abs (time.diff $now $at "minutes"))))
(format "{} {} {$event} ({})"
  (if (>= $minutes 1440)
    (format "{} d {} h" (/ $minutes 1440) (/ (% $minutes 1440) 60))
    (format "{} h {} min" (/ $minutes 60) (% $minutes 60)))
  (if (>= $at $now) "until" "since")
  (time.format $at "EEEE, d MMMM yyyy"))

;;| name = "days_between"
;;| description = "Counts the days and the working days (Monday to Friday) between two dates."
;;| signature = "(from: string, to: string) -> string"
;;|
;;| [[example]]
;;| says = "how many days are between 2026-11-22 and 2026-12-24?"
;;| args = ["2026-11-22", "2026-12-24"]
;;| result = "32 days (working days: 23)"
;;|
;;| [[example]]
;;| says = "days from 2028-02-28 to 2028-03-01"
;;| args = ["2028-02-28", "2028-03-01"]
;;| result = "2 days (working days: 2)"
;;|
;;| [[example]]
;;| args = ["24 Dec 2026", "22 Nov 2026"]
;;| result = "22 Nov 2026 is 32 days before 24 Dec 2026 (working days: 23)"
;;|
;;| [[example]]
;;| args = ["2026-02-30", "2026-03-01"]
;;| result = "Write both dates as 2026-11-22."
;;|
;;| [[example]]
;;| args = ["2026-12-24T23:30:00-05:00", "2026-12-25T00:30:00+09:00"]
;;| result = "1 day (working days: 1)"

;; A time of day with the offset of its zone belongs to the day that is written.
(let $of_day "^\\s*(\\d{4}-\\d{2}-\\d{2})T.*$")
(let $days
  (catch $err
    (do (time.parse $from) (time.parse $to))
    (let $start (time.start_of (time.parse (regex.replace $from $of_day "$1")) "day"))
    (let $end (time.start_of (time.parse (regex.replace $to $of_day "$1")) "day"))
    (i32 (time.diff $start $end "days"))))
(if $err (resv "Write both dates as 2026-11-22."))
;; Whole weeks have five working days; the days that are left over are looked at one by one.
(let $first (time.weekday (min $start $end)))
(let $working (* (/ (abs $days) 7) 5))
(for $i 0 (% (abs $days) 7)
  (if (< (% (+ $first $i -1) 7) 5) (let $working (+ $working 1))))
(let $span (format "{} {}" (abs $days) (if (= (abs $days) 1) "day" "days")))
(if (< $days 0)
  (format "{$to} is {$span} before {$from} (working days: {$working})")
  (format "{$span} (working days: {$working})"))

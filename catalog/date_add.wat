;;| name = "date_add"
;;| description = "The date so many days, weeks or months after a date; before it if below 0."
;;| signature = "(date: string, amount: i32, unit: string) -> string"
;;|
;;| [[example]]
;;| says = "what date is 2026-11-22 plus 90 days?"
;;| args = ["2026-11-22", 90, "days"]
;;| result = "Saturday, 20 February 2027"
;;|
;;| [[example]]
;;| says = "add 1 month to 2028-01-31"
;;| args = ["2028-01-31", 1, "month"]
;;| result = "Tuesday, 29 February 2028"
;;|
;;| [[example]]
;;| args = ["22 November 2026", -2, "weeks"]
;;| result = "Sunday, 8 November 2026"
;;|
;;| [[example]]
;;| args = ["tomorrow", 1, "day"]
;;| result = "I do not know the date tomorrow: write it as 2026-11-22."
;;|
;;| [[example]]
;;| args = ["2026-11-22 15:30", 36, "hours"]
;;| result = "Tuesday, 24 November 2026, 03:30"
;;|
;;| [[example]]
;;| args = ["2026-11-20", 10, "business days"]
;;| result = "Friday, 4 December 2026"
;;|
;;| [[example]]
;;| args = ["2026-11-23", -1, "working day"]
;;| result = "Friday, 20 November 2026"
;;|
;;| [[example]]
;;| args = ["2026-11-22", 3, "moons"]
;;| result = "I do not know the unit moons: take hours, days, working days, weeks, months or years."
;;|
;;| [[example]]
;;| args = ["2026-11-22", -2147483648, "working days"]
;;| result = "That is 10,000 working days at most."

(let $start (catch $err (time.parse $date)))
(if $err (resv (format "I do not know the date {$date}: write it as 2026-11-22.")))
(if (regex.test $unit "^\\s*(?:business|working|week)[ -]?days?\\s*$" "i")
  (then
    (if (or (> $amount 10000) (< $amount -10000)) (resv "That is 10,000 working days at most."))
    (let $at $start)
    (let $left (abs $amount))
    (let $step (if (< $amount 0) -1 1))
    (while (> $left 0)
      (let $at (time.add $at $step "day"))
      (if (< (time.weekday $at) 6) (let $left (- $left 1)))))
  (else
    (let $at (catch $err (time.add $start $amount $unit)))
    (if (= $err EPARSE) (resv (format "I do not know the unit {$unit}: take hours, days, working days, weeks, months or years.")))
    (if $err (resv "That date is beyond the calendar."))))
(time.format $at
  (if (= $at (time.start_of $at "day")) "EEEE, d MMMM yyyy" "EEEE, d MMMM yyyy, HH:mm"))

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
;;| result = "Write the date as 2026-11-22, and a unit such as days."
;;|
;;| [[example]]
;;| args = ["2026-11-22 15:30", 36, "hours"]
;;| result = "Tuesday, 24 November 2026, 03:30"

(let $at (catch $err (time.add (time.parse $date) $amount $unit)))
(if $err (resv "Write the date as 2026-11-22, and a unit such as days."))
(time.format $at
  (if (= $at (time.start_of $at "day")) "EEEE, d MMMM yyyy" "EEEE, d MMMM yyyy, HH:mm"))

;;| name = "weekday_of"
;;| description = "The weekday of a date, with its calendar week."
;;| signature = "(date: string) -> string"
;;|
;;| [[example]]
;;| says = "which weekday is 2026-12-24?"
;;| args = ["2026-12-24"]
;;| result = "Thursday (week 52)"
;;|
;;| [[example]]
;;| says = "what day is 2026-12-24?"
;;| args = ["2026-12-24"]
;;| result = "Thursday (week 52)"
;;|
;;| [[example]]
;;| says = "what day of the week was July 20, 1969"
;;| args = ["July 20, 1969"]
;;| result = "Sunday (week 29)"
;;|
;;| [[example]]
;;| args = ["31.4.2026"]
;;| result = "Write the date as 2026-11-22."
;;|
;;| [[example]]
;;| args = ["2026-12-24T23:30:00-05:00"]
;;| result = "Thursday (week 52)"
;;|
;;| [[example]]
;;| args = ["2026-12-24T25:30"]
;;| result = "Write the date as 2026-11-22."

;; A time of day with the offset of its zone is told as it is written.
(let $day (regex.replace $date "^\\s*(\\d{4}-\\d{2}-\\d{2})T.*$" "$1"))
(default
  (do (time.parse $date) (time.format (time.parse $day) "EEEE '(week' w')'"))
  "Write the date as 2026-11-22.")

;;| name = "percent_of"
;;| description = "Works out so many percent of a number."
;;| signature = "(percent: f64, number: f64) -> string"
;;|
;;| [[example]]
;;| says = "what is 15% of 80?"
;;| args = [15, 80]
;;| result = "15 % of 80 is 12."
;;|
;;| [[example]]
;;| says = "7.5 percent of 19.99"
;;| args = [7.5, 19.99]
;;| result = "7.5 % of 19.99 is 1.49925."
;;|
;;| [[example]]
;;| says = "how much is 110% of -30?"
;;| args = [110, -30]
;;| result = "110 % of -30 is -33."
;;|
;;| [[example]]
;;| says = "7% of 3"
;;| args = [7, 3]
;;| result = "7 % of 3 is 0.21."
;;|
;;| [[example]]
;;| args = [nan, 3]
;;| result = "Expected a percentage up to 1,000,000,000 and a number up to 1,000,000,000,000,000."
;;|
;;| [[example]]
;;| args = [-1e300, 1e300]
;;| result = "Expected a percentage up to 1,000,000,000 and a number up to 1,000,000,000,000,000."
;;|
;;| [[example]]
;;| args = [19, 12500000000]
;;| result = "19 % of 12500000000 is 2375000000."
;;|
;;| [[example]]
;;| args = [0.001, 0.01]
;;| result = "0.001 % of 0.01 is 0.0000001."

;; A comparison with NaN is false.
(if (not (and (<= (abs $percent) 1e9) (<= (abs $number) 1e15)))
  (resv "Expected a percentage up to 1,000,000,000 and a number up to 1,000,000,000,000,000."))
;; Rounded, since 7.5 * 19.99 / 100 would end in 2499999999999997.
(let $share (/ (* $percent $number) 100.0))
(let $share (number.round $share (if (< (abs $share) 0.01) 12 6)))
(format "{$percent} % of {$number} is {}." (number.format $share -1 ""))

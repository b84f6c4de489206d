;;| name = "compound_interest"
;;| description = "What savings grow to at an interest rate, compounded once a year."
;;| signature = "(amount: f64, percent_per_year: f64, years: f64) -> string"
;;|
;;| [[example]]
;;| says = "what will 2000 be worth at 5 % in 13 years?"
;;| args = [2000, 5, 13]
;;| result = "3,771.30 after 13 years, of which 1,771.30 is interest."
;;|
;;| [[example]]
;;| says = "compound interest on 250.5 with 3.25 % over 1.5 years"
;;| args = [250.5, 3.25, 1.5]
;;| result = "262.81 after 1.5 years, of which 12.31 is interest."
;;|
;;| [[example]]
;;| args = [1000, -200, 0.5]
;;| result = "The interest is -100 percent a year or more."
;;|
;;| [[example]]
;;| args = [nan, 5, 3]
;;| result = "The amount is 1,000,000,000,000 at most."
;;|
;;| [[example]]
;;| args = [1000, 900, 1000]
;;| result = "That grows beyond all numbers; take fewer years or less interest."
;;|
;;| [[example]]
;;| args = [0.001, 5, 1]
;;| result = "0.00105000 after 1 year, of which 0.00005000 is interest."
;;|
;;| [[example]]
;;| args = [1000, 5, 1]
;;| result = "1,050.00 after 1 year, of which 50.00 is interest."

;; A comparison with NaN is false.
(if (not (<= (abs $amount) 1e12)) (resv "The amount is 1,000,000,000,000 at most."))
(if (not (>= $percent_per_year -100)) (resv "The interest is -100 percent a year or more."))
(if (not (>= $years 0)) (resv "The years are 0 or more."))
(let $end (* $amount (number.pow (+ 1 (/ $percent_per_year 100)) $years)))
(if (not (<= (abs $end) 1e300)) (resv "That grows beyond all numbers; take fewer years or less interest."))
;; Cents are enough for all but what is very small.
(let $digits (if (< (abs $amount) 1) 8 2))
(format "{} after {$years} {}, of which {} is interest."
  (number.format $end $digits) (if (= $years 1) "year" "years") (number.format (- $end $amount) $digits))

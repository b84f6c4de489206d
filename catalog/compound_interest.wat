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

(let $end (* $amount (number.pow (+ 1 (/ $percent_per_year 100)) $years)))
(format "{} after {$years} years, of which {} is interest."
  (number.format $end 2) (number.format (- $end $amount) 2))

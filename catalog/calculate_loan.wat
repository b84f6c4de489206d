;;| name = "calculate_loan"
;;| description = "The monthly payment of a loan, and the interest over all its months."
;;| signature = "(amount: f64, percent_per_year: f64, months: i32) -> string"
;;|
;;| [[example]]
;;| says = "what does a loan of 20000 at 4.5 % over 60 months cost?"
;;| args = [20000, 4.5, 60]
;;| result = "372.86 a month; 22,371.62 in all, of which 2,371.62 is interest."
;;|
;;| [[example]]
;;| says = "monthly payment for a loan of 1800 at 3 % for 24 months"
;;| args = [1800, 3, 24]
;;| result = "77.37 a month; 1,856.79 in all, of which 56.79 is interest."
;;|
;;| [[example]]
;;| args = [1500, 0, 24]
;;| result = "62.50 a month; 1,500.00 in all, of which 0.00 is interest."
;;|
;;| [[example]]
;;| args = [1200, 3, 0]
;;| result = "A loan runs for one month or more."
;;|
;;| [[example]]
;;| args = [nan, 5, 12]
;;| result = "A loan is an amount above 0, up to 1,000,000,000,000."
;;|
;;| [[example]]
;;| args = [1000, inf, 12]
;;| result = "The interest is from 0 to 1000 percent a year."
;;|
;;| [[example]]
;;| args = [1000, 1e-14, 12]
;;| result = "83.33 a month; 1,000.00 in all, of which 0.00 is interest."

(if (< $months 1) (resv "A loan runs for one month or more."))
;; A comparison with NaN is false.
(if (not (and (> $amount 0) (<= $amount 1e12))) (resv "A loan is an amount above 0, up to 1,000,000,000,000."))
(if (not (and (>= $percent_per_year 0) (<= $percent_per_year 1000)))
  (resv "The interest is from 0 to 1000 percent a year."))
(if (> $months 1200) (resv "A loan runs for 1200 months or less."))
(let $rate (/ $percent_per_year 1200))
;; So little interest that 1 and the rate are 1 is none.
(let $payment
  (if (= (+ 1 $rate) 1)
    (/ $amount $months)
    (/ (* $amount $rate) (- 1 (number.pow (+ 1 $rate) (- $months))))))
(let $total (* $payment $months))
(format "{} a month; {} in all, of which {} is interest."
  (number.format $payment 2) (number.format $total 2) (number.format (- $total $amount) 2))

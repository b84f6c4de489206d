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

(if (< $months 1) (resv "A loan runs for one month or more."))
(let $rate (/ $percent_per_year 1200))
(let $payment
  (if (= $rate 0)
    (/ $amount $months)
    (/ (* $amount $rate) (- 1 (number.pow (+ 1 $rate) (- $months))))))
(let $total (* $payment $months))
(format "{} a month; {} in all, of which {} is interest."
  (number.format $payment 2) (number.format $total 2) (number.format (- $total $amount) 2))

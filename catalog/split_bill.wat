;;| name = "split_bill"
;;| description = "Splits a bill with a tip in percent among so many people, to the cent."
;;| signature = "(total: f64, people: i32, tip_percent: f64) -> string"
;;|
;;| [[example]]
;;| says = "split 86.40 among 4 people with 10 % tip"
;;| args = [86.40, 4, 10]
;;| result = "95.04 with the tip: 23.76 each"
;;|
;;| [[example]]
;;| says = "a bill of 64 for 3 people, tip 0"
;;| args = [64, 3, 0]
;;| result = "64.00 with the tip: 21.33 each, and 0.01 more for 1 of them"
;;|
;;| [[example]]
;;| args = [1.005, 1, 0]
;;| result = "1.01 with the tip: 1.01 each"
;;|
;;| [[example]]
;;| args = [20, 0, 0]
;;| result = "A bill needs one person or more."
;;|
;;| [[example]]
;;| args = [-10, 3, 10]
;;| result = "A bill is an amount from 0 to 1,000,000,000,000."
;;|
;;| [[example]]
;;| args = [nan, 3, 10]
;;| result = "A bill is an amount from 0 to 1,000,000,000,000."
;;|
;;| [[example]]
;;| args = [10, 3, -200]
;;| result = "A tip is from 0 to 1000 percent."

(if (< $people 1) (resv "A bill needs one person or more."))
;; A comparison with NaN is false.
(if (not (and (>= $total 0) (<= $total 1e12))) (resv "A bill is an amount from 0 to 1,000,000,000,000."))
(if (not (and (>= $tip_percent 0) (<= $tip_percent 1000))) (resv "A tip is from 0 to 1000 percent."))
;; Rounded twice, since 1.005 * 100 is a bit less than 100.5.
(let $cents (i64 (number.round (number.round (* $total (+ 100 $tip_percent)) 6))))
(let $more (% $cents $people))
(format "{} with the tip: {} each{}"
  (number.format (/ $cents 100.0) 2)
  (number.format (/ (i64 (/ $cents $people)) 100.0) 2)
  (if (= $more 0) "" (format ", and 0.01 more for {$more} of them")))

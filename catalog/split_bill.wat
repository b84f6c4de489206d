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
;;| args = [20, 0, 0]
;;| result = "A bill needs one person or more."

(if (< $people 1) (resv "A bill needs one person or more."))
(if (> (abs $total) 1e12) (fail EBOUND))
(let $cents (i64 (number.round (* $total (+ 100 $tip_percent)))))
(let $more (% $cents $people))
(format "{} with the tip: {} each{}"
  (number.format (/ $cents 100.0) 2)
  (number.format (/ (/ $cents $people) 100.0) 2)
  (if (= $more 0) "" (format ", and 0.01 more for {$more} of them")))

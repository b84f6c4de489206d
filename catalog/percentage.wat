;;| name = "percentage"
;;| description = "Says how many percent a part is of a whole."
;;| signature = "(part: f64, whole: f64) -> string"
;;|
;;| [[example]]
;;| says = "how many percent is 17 of 40?"
;;| args = [17, 40]
;;| result = "17 is 42.5 % of 40."
;;|
;;| [[example]]
;;| says = "what percentage is 2 out of 3"
;;| args = [2, 3]
;;| result = "2 is 66.67 % of 3."
;;|
;;| [[example]]
;;| says = "5 as a percentage of 0"
;;| args = [5, 0]
;;| result = "Nothing is a percentage of 0."
;;|
;;| [[example]]
;;| args = [1e308, 1e-308]
;;| result = "That share is beyond all numbers."
;;|
;;| [[example]]
;;| args = [1, 1000000]
;;| result = "1 is 0.0001 % of 1000000."
;;|
;;| [[example]]
;;| args = [999999, 1000000]
;;| result = "999999 is 99.9999 % of 1000000."

(if (= $whole 0) (resv "Nothing is a percentage of 0."))
(let $share (* (/ $part $whole) 100))
(if (not (<= (abs $share) 1e300)) (resv "That share is beyond all numbers."))
;; A part too small for two digits, or one that would be all of it, has more of them.
(let $digits (if (or (< (abs $share) 0.01) (and (= (number.round $share 2) 100) (!= $part $whole))) 15 2))
(format "{$part} is {} % of {$whole}." (number.round $share $digits))

;;| name = "percent_change"
;;| description = "Says by how many percent a number grew or fell."
;;| signature = "(from: f64, to: f64) -> string"
;;|
;;| [[example]]
;;| says = "percent change from 80 to 100"
;;| args = [80, 100]
;;| result = "From 80 to 100: +25 %"
;;|
;;| [[example]]
;;| says = "we went from 1250 signups to 1100, what is the change in percent?"
;;| args = [1250, 1100]
;;| result = "From 1250 to 1100: -12 %"
;;|
;;| [[example]]
;;| says = "how much did it change from -20 to 10 in percent"
;;| args = [-20, 10]
;;| result = "From -20 to 10: +150 %"
;;|
;;| [[example]]
;;| args = [0, 10]
;;| result = "From 0 there is no change in percent."
;;|
;;| [[example]]
;;| args = [1000000, 1000001]
;;| result = "From 1000000 to 1000001: +0.0001 %"

(if (= $from 0) (resv "From 0 there is no change in percent."))
(let $change (number.percent (- $to $from) (abs $from)))
(if (and (< (abs $change) 0.1) (!= $to $from)) (let $change (number.percent (- $to $from) (abs $from) 6)))
(format "From {$from} to {$to}: {}{$change} %" (if (> $change 0) "+" ""))

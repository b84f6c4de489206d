;;| name = "sum_numbers"
;;| description = "Adds up the numbers in a text; commas separate them."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "add up 12.50, 3, 7.25"
;;| args = ["12.50, 3, 7.25"]
;;| result = "22.75"
;;|
;;| [[example]]
;;| says = "sum 12.50, 3, 7.25"
;;| args = ["12.50, 3, 7.25"]
;;| result = "22.75"
;;|
;;| [[example]]
;;| says = "what is the sum of 0.1 for Zoë and 0.2 for Ada?"
;;| args = ["0.1 for Zoë and 0.2 for Ada"]
;;| result = "0.3"
;;|
;;| [[example]]
;;| args = ["nothing here"]
;;| result = "There are no numbers in the text."
;;|
;;| [[example]]
;;| args = ["from 10-20, then -1.5e2 and .5"]
;;| result = "-119.5"
;;|
;;| [[example]]
;;| args = ["1,000 and 2,000,000.5, then -1,5,1,2345"]
;;| result = "2003350.5"
;;|
;;| [[example]]
;;| args = ["12,50 € + 3,20 €, 1.234,50"]
;;| result = "1250.2 EUR"
;;|
;;| [[example]]
;;| args = ["1'000'000; −5,5"]
;;| result = "999994.5"
;;|
;;| [[example]]
;;| args = ["€12,50, €3"]
;;| result = "15.5 EUR"
;;|
;;| [[example]]
;;| args = ["EUR 12,50 and EUR 3"]
;;| result = "15.5 EUR"
;;|
;;| [[example]]
;;| args = ["12k, 3 and 1.2M"]
;;| result = "1212003"
;;|
;;| [[example]]
;;| args = ["€12, $3"]
;;| result = "The numbers are not all of one unit."
;;|
;;| [[example]]
;;| args = ["0.00000000001, 0.00000000002"]
;;| result = "3e-11"
;;|
;;| [[example]]
;;| args = ["1 234 567"]
;;| result = "It is not clear which number 1 234 567 is."
;;|
;;| [[example]]
;;| args = ["4 °C, -1 °C"]
;;| result = "3 °C"
;;|
;;| [[example]]
;;| args = ["50%, 20%"]
;;| result = "70 %"
;;|
;;| [[example]]
;;| args = ["12:30, 5"]
;;| result = "It is not clear which number 12:30 is."
;;|
;;| [[example]]
;;| args = ["10 minus 5"]
;;| result = "I only add numbers up; write those to add with commas between."
;;|
;;| [[example]]
;;| args = ["20 € - 5 €"]
;;| result = "I only add numbers up; write those to add with commas between."
;;|
;;| [[example]]
;;| args = ["1. milk 3.50\n2. bread 2.20"]
;;| result = "5.7"
;;|
;;| [[example]]
;;| args = ["5 k€ + 3 €"]
;;| result = "5003 EUR"
;;|
;;| [[example]]
;;| args = ["9007199254740993 + 1"]
;;| result = "Numbers of more than 15 digits cannot be added up exactly."

;; 10 minus 5 is no sum, and neither is 2 x 3.50.
(if (regex.test $text "(?i)\\d[^\\s\\d]*(?: [^\\s\\d]+)? +[-−–] +\\S*\\d|\\d\\s*[x×*÷=]\\s*\\d|\\b(?:minus|less|times|mal|abzüglich|divided by|geteilt durch)\\b")
  (resv "I only add numbers up; write those to add with commas between."))
;; Dates, times and what can be read in several ways have no value.
(let $found (number.find_all $text))
(each $one $found
  (if (= (at $one "value") null) (resv (format "It is not clear which number {} is." (at $one "text")))))
(if (> (len (array.unique (array.pluck $found "unit"))) 1) (resv "The numbers are not all of one unit."))
(if (= (len $found) 0) (resv "There are no numbers in the text."))
(if (> (array.max (array.map (array.pluck $found "value") "number")) 9007199254740991) (resv "Numbers of more than 15 digits cannot be added up exactly."))
(let $sum (array.sum $found "value"))
(if (not (<= (abs $sum) 1e300)) (resv "The sum is beyond all numbers."))
;; Degrees have a sign of their own.
(let $unit (regex.replace (text (at (at $found 0) "unit")) "^([CF])$" "°$1"))
(string.trim (format "{$sum} {$unit}"))

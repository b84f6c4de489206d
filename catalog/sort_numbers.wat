;;| name = "sort_numbers"
;;| description = "Puts numbers in order, the smallest first; commas separate them."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "sort 10, 9, 2.5, -1"
;;| args = ["10, 9, 2.5, -1"]
;;| result = "-1, 2.5, 9, 10"
;;|
;;| [[example]]
;;| says = "put 300 100 200 in order"
;;| args = ["300 100 200"]
;;| result = "100, 200, 300"
;;|
;;| [[example]]
;;| args = [""]
;;| result = "There are no numbers in the text."
;;|
;;| [[example]]
;;| args = ["2,000 3 1.2"]
;;| result = "1.2, 3, 2000"
;;|
;;| [[example]]
;;| args = ["12,50 €; 3,20 €; −1.234,5"]
;;| result = "-1234.5 EUR, 3.2 EUR, 12.5 EUR"
;;|
;;| [[example]]
;;| args = ["900k, 1.2M, 12"]
;;| result = "12, 900000, 1200000"
;;|
;;| [[example]]
;;| args = ["2,000 3 1,2"]
;;| result = "It is not clear which number 1,2 is."
;;|
;;| [[example]]
;;| args = ["9007199254740993, 9007199254740992"]
;;| result = "Numbers of more than 15 digits cannot be put in order exactly."

;; Dates, times and what can be read in several ways have no value.
(let $found (number.find_all $text))
(each $one $found
  (if (= (at $one "value") null) (resv (format "It is not clear which number {} is." (at $one "text")))))
(if (> (len (array.unique (array.pluck $found "unit"))) 1) (resv "The numbers are not all of one unit."))
(if (= (len $found) 0) (resv "There are no numbers in the text."))
(if (> (array.max (array.map (array.pluck $found "value") "number")) 9007199254740991) (resv "Numbers of more than 15 digits cannot be put in order exactly."))
(let $sorted (list))
(each $one (array.sort $found "value")
  ;; Degrees have a sign of their own.
  (let $unit (regex.replace (text (at $one "unit")) "^([CF])$" "°$1"))
  (array.push $sorted (string.trim (format "{} {$unit}" (at $one "value")))))
(string.join $sorted ", ")

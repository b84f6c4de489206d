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
;;| result = "0"
;;|
;;| [[example]]
;;| args = ["from 10-20, minus -1.5e2 and .5"]
;;| result = "-119.5"
;;|
;;| [[example]]
;;| args = ["1,000 and 2,000,000.5, then -1,5,1,2345"]
;;| result = "2003350.5"
;;|
;;| [[example]]
;;| args = ["12,50 € + 3,20 €, 1.234,50"]
;;| result = "1250.2"
;;|
;;| [[example]]
;;| args = ["1'000'000; −5,5"]
;;| result = "999994.5"
;;|
;;| [[example]]
;;| args = ["€12,50, $3"]
;;| result = "15.5"
;;|
;;| [[example]]
;;| args = ["EUR 12,50 and EUR 3"]
;;| result = "15.5"

(let $text (regex.replace (string.replace $text "−" "-") "['’](\\d{3})\\b" "$1"))
;; A comma before one or two digits is the point of 1.234,50 and, beside € or in a text with semicolons, of 12,50.
(let $text (regex.replace $text "\\b([1-9]\\d{0,2})(?:\\.(\\d{3}))?\\.(\\d{3}),(\\d{1,2})(,?(?:$|[^\\d.,]))" "$1$2$3.$4$5"))
(let $text (regex.replace $text "\\b(\\d+),(\\d{1,2})(\\s*(?:€|EUR\\b|;))" "$1.$2$3"))
(if (regex.test $text ";|€|EUR") (let $text (regex.replace $text "((?:[€;]|EUR)\\s*[^\\d,;]*\\d+),(\\d{1,2})\\b" "$1.$2")))
;; A minus after a word or digit is a hyphen, as in 10-20. Commas separate numbers, and thousands where three digits follow each.
(let $numbers (list))
(each $run (regex.find_all $text "(?:\\B-)?[\\d.,]*\\d(?:e[-+]?\\d+\\b)?" "i")
  (if (regex.test $run "^-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?$")
    (array.push $numbers (value (string.replace $run "," "")))
    (each $number (regex.find_all $run "(?:\\B-)?\\d*\\.?\\d+(?:e[-+]?\\d+\\b)?" "i")
      (array.push $numbers $number))))
;; Ten digits hide what binary fractions cannot hold, as in 0.1 + 0.2.
(number.round (array.sum $numbers) 10)

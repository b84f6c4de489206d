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
;;| args = ["2,000 3 1,2"]
;;| result = "1, 2, 3, 2000"
;;|
;;| [[example]]
;;| args = ["12,50 €; 3,20 €; −1.234,5"]
;;| result = "-1234.5, 3.2, 12.5"

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
(if (= (len $numbers) 0) "There are no numbers in the text." (string.join (array.sort (array.map $numbers "number")) ", "))

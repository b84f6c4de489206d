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

;; A minus after a word or digit is a hyphen, as in 10-20. Commas separate numbers, and thousands where three digits follow each.
(let $numbers (list))
(each $run (regex.find_all $text "(?:\\B-)?[\\d.,]*\\d(?:e[-+]?\\d+\\b)?" "i")
  (if (regex.test $run "^-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?$")
    (array.push $numbers (value (string.replace $run "," "")))
    (each $number (regex.find_all $run "(?:\\B-)?\\d*\\.?\\d+(?:e[-+]?\\d+\\b)?" "i")
      (array.push $numbers $number))))
(if (= (len $numbers) 0) "There are no numbers in the text." (string.join (array.sort (array.map $numbers "number")) ", "))

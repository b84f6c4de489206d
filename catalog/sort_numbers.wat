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

(let $numbers (array.map (regex.find_all $text "(?:\\B-)?\\d*\\.?\\d+(?:e[-+]?\\d+\\b)?" "i") "number"))
(if (= (len $numbers) 0) "There are no numbers in the text." (string.join (array.sort $numbers) ", "))

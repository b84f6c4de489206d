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

;; Ten digits hide what binary fractions cannot hold, as in 0.1 + 0.2.
(number.round (array.sum (regex.find_all $text "(?:\\B-)?\\d*\\.?\\d+(?:e[-+]?\\d+\\b)?" "i")) 10)

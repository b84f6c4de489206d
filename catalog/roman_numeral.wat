;;| name = "roman_numeral"
;;| description = "Writes a number from 1 to 3999 in Roman numerals."
;;| signature = "(number: i32) -> string"
;;|
;;| [[example]]
;;| says = "2026 in Roman numerals"
;;| args = [2026]
;;| result = "MMXXVI"
;;|
;;| [[example]]
;;| says = "write 1994 as a Roman number"
;;| args = [1994]
;;| result = "MCMXCIV"
;;|
;;| [[example]]
;;| args = [4000]
;;| result = "Roman numerals go from 1 to 3999."

(if (or (< $number 1) (> $number 3999)) (resv "Roman numerals go from 1 to 3999."))
(let $signs (string.words "M CM D CD C XC L XL X IX V IV I"))
(let $text "")
(each $worth $i (list 1000 900 500 400 100 90 50 40 10 9 5 4 1)
  (while (>= $number $worth)
    (let $text (+ $text (at $signs $i)))
    (let $number (- $number (i32 $worth)))))
$text

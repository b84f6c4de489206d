;;| name = "unit_convert"
;;| description = "Converts lengths, masses, temperatures, volumes, data sizes and other units."
;;| signature = "(value: f64, from: string, to: string) -> string"
;;|
;;| [[example]]
;;| says = "convert 26.2 miles to km"
;;| args = [26.2, "miles", "km"]
;;| result = "26.2 miles = 42.164813 km"
;;|
;;| [[example]]
;;| says = "26.2 miles in km"
;;| args = [26.2, "miles", "km"]
;;| result = "26.2 miles = 42.164813 km"
;;|
;;| [[example]]
;;| says = "how much is 70 °F in °C?"
;;| args = [70, "°F", "°C"]
;;| result = "70 °F = 21.111111 °C"
;;|
;;| [[example]]
;;| says = "how many MB are 2 GiB"
;;| args = [2, "GiB", "MB"]
;;| result = "2 GiB = 2,147.483648 MB"
;;|
;;| [[example]]
;;| args = [-300, "°C", "K"]
;;| result = "Nothing is colder than -273.15 °C."
;;|
;;| [[example]]
;;| args = [1e308, "km", "mm"]
;;| result = "The result is beyond all numbers."
;;|
;;| [[example]]
;;| args = [1, "kg", "km"]
;;| result = "kg and km measure different things."
;;|
;;| [[example]]
;;| args = [3, "smoots", "m"]
;;| result = "I do not know one of the units smoots and m. Money is for currency_convert, with an address of rates."
;;|
;;| [[example]]
;;| args = [5, "", "m"]
;;| result = "Name both units, such as km and miles."
;;|
;;| [[example]]
;;| args = [212, "degrees Fahrenheit", "°C"]
;;| result = "212 degrees Fahrenheit = 100 °C"

(if (or (= (string.trim $from) "") (= (string.trim $to) "")) (resv "Name both units, such as km and miles."))
(let $result (catch $err (number.convert $value $from $to)))
(if (= $err EPARSE) (resv (format "I do not know one of the units {$from} and {$to}. Money is for currency_convert, with an address of rates.")))
(if (= $err ETRFM) (resv (format "{$from} and {$to} measure different things.")))
(if (not (<= (abs $result) 1e300)) (resv "The result is beyond all numbers."))
(if (< (default (number.convert $value $from "K") 0) -0.000001) (resv "Nothing is colder than -273.15 °C."))
;; Six digits behind the point are enough for all but what is very small.
(if (> (abs $result) 0.01) (set $result (number.round $result 6)))
(format "{} {$from} = {} {$to}" (number.format $value) (number.format $result))

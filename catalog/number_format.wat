;;| name = "number_format"
;;| description = "Writes a number with thousands separated and so many digits after the point."
;;| signature = "(number: f64, digits: i32) -> string"
;;|
;;| [[example]]
;;| says = "format 3456789.5 with 2 digits"
;;| args = [3456789.5, 2]
;;| result = "3,456,789.50"
;;|
;;| [[example]]
;;| says = "write -9876543 with 0 digits after the point"
;;| args = [-9876543, 0]
;;| result = "-9,876,543"
;;|
;;| [[example]]
;;| args = [0.5, 21]
;;| result = "A number can have 0 to 20 digits after the point."

(if (or (< $digits 0) (> $digits 20)) (resv "A number can have 0 to 20 digits after the point."))
(number.format $number $digits)

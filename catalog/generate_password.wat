;;| name = "generate_password"
;;| description = "A random password of 8 to 64 characters, without those that look alike."
;;| signature = "(length: i32) -> string"
;;| grants = ["random"]
;;|
;;| [[example]]
;;| says = "generate a password of 8 characters"
;;| args = [8]
;;| result = "ajZ8+Ybh"
;;| [[example.host]]
;;| call = "random.order"
;;| args = [64]
;;| value = "[0,9,48,55,60,47,1,7,33]"
;;|
;;| [[example]]
;;| says = "make me a random password with 3 letters"
;;| args = [3]
;;| result = "A password has 8 to 64 characters."

(if (or (< $length 8) (> $length 64)) (resv "A password has 8 to 64 characters."))
;; None comes twice, which one call of the host is enough for.
(let $letters (string.split "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+-:?" ""))
(let $password "")
(each $place (array.slice (random.order 64) 0 $length)
  (let $password (+ $password (at $letters $place))))
$password

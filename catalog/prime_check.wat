;;| name = "prime_check"
;;| description = "Says whether a number is a prime, or gives its prime factors."
;;| signature = "(number: i64) -> string"
;;|
;;| [[example]]
;;| says = "is 97 a prime?"
;;| args = [97]
;;| result = "97 is a prime."
;;|
;;| [[example]]
;;| says = "prime factors of 360"
;;| args = [360]
;;| result = "360 = 2 × 2 × 2 × 3 × 3 × 5"
;;|
;;| [[example]]
;;| args = [9999999967]
;;| result = "9999999967 is a prime."
;;|
;;| [[example]]
;;| args = [100000000001]
;;| result = "I look at numbers up to 100,000,000,000."
;;|
;;| [[example]]
;;| args = [1]
;;| result = "Primes begin with 2."

(if (< $number 2) (resv "Primes begin with 2."))
;; Larger ones would take more than a run may.
(if (> $number 100000000000) (resv "I look at numbers up to 100,000,000,000."))
(let $rest $number)
(let $factors (list))
;; As an i32, its square would not fit.
(let $divisor (i64 2))
(while (<= (* $divisor $divisor) $rest)
  (if (= (% $rest $divisor) 0)
    (then
      (array.push $factors $divisor)
      (let $rest (/ $rest $divisor)))
    (else (let $divisor (+ $divisor (if (= $divisor 2) 1 2))))))
(if (= $rest $number) (resv (format "{$number} is a prime.")))
(array.push $factors $rest)
(format "{$number} = {}" (string.join $factors " × "))

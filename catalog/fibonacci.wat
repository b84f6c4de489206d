;;| name = "fibonacci"
;;| description = "The first Fibonacci numbers, at most 93 of them."
;;| signature = "(count: i32) -> list<i64>"
;;|
;;| [[example]]
;;| says = "the first 10 Fibonacci numbers"
;;| args = [10]
;;| result = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
;;|
;;| [[example]]
;;| says = "show 2 numbers of the Fibonacci sequence"
;;| args = [2]
;;| result = [0, 1]
;;|
;;| [[example]]
;;| args = [0]
;;| result = []

;; The next one does not fit into 64 bits.
(if (or (< $count 0) (> $count 93)) (fail EBOUND))
(let $numbers (new i64 $count))
(for $i 1 $count
  (put $numbers $i (if (= $i 1) 1 (+ (at $numbers (- $i 1)) (at $numbers (- $i 2))))))
$numbers

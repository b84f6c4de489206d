;;| name = "roll_dice"
;;| description = "Rolls dice as 2d6, d20 or 3d8+2 and gives each roll and the sum."
;;| signature = "(dice: string) -> string"
;;| grants = ["random"]
;;|
;;| [[example]]
;;| says = "roll 2d6"
;;| args = ["2d6"]
;;| result = "2d6: 3, 5 = **8**"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [1, 6]
;;| value = 3
;;| [[example.host]]
;;| call = "random.int"
;;| value = 5
;;|
;;| [[example]]
;;| says = "throw the dice: D20+3"
;;| args = ["D20+3"]
;;| result = "D20+3: 17, +3 = **20**"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [1, 20]
;;| value = 17
;;|
;;| [[example]]
;;| says = "roll a D20+3"
;;| args = ["D20+3"]
;;| result = "D20+3: 17, +3 = **20**"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [1, 20]
;;| value = 17
;;|
;;| [[example]]
;;| args = ["two dice"]
;;| result = "Write the dice as 2d6, d20 or 3d8+2."
;;|
;;| [[example]]
;;| args = ["1w6"]
;;| result = "1w6: 4 = **4**"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [1, 6]
;;| value = 4

(let $parts (catch $err (regex.match (string.replace $dice " " "") "^([1-9]\\d?)?[dw]([1-9]\\d{0,3})([+-]\\d{1,4})?$" "i")))
(if $err (resv "Write the dice as 2d6, d20 or 3d8+2."))
(let $sides (i32 (at $parts 2)))
(let $rolls (list))
(for $i 0 (default (i32 (at $parts 1)) 1)
  (array.push $rolls (random.int 1 $sides)))
(if (!= (at $parts 3) null) (array.push $rolls (at $parts 3)))
(format "{$dice}: {} = **{}**" (string.join $rolls ", ") (array.sum $rolls))

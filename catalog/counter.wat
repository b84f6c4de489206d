;;| name = "counter"
;;| description = "Adds 1 to a counter of this conversation and gives its new value."
;;| signature = "(name: string) -> string"
;;| grants = ["kv"]
;;|
;;| [[example]]
;;| says = "count one more for retries"
;;| args = ["retries"]
;;| result = "retries: 3"
;;| [[example.host]]
;;| call = "kv.add"
;;| args = ["counter/retries", 1]
;;| value = 3
;;|
;;| [[example]]
;;| says = "+1 for Fehlversuche"
;;| args = ["Fehlversuche"]
;;| result = "Fehlversuche: 1"
;;| [[example.host]]
;;| call = "kv.add"
;;| args = ["counter/fehlversuche", 1]
;;| value = 1
;;|
;;| [[example]]
;;| args = [" "]
;;| result = "What is to be counted?"

(let $name (string.trim $name))
(if (= $name "") (resv "What is to be counted?"))
(format "{$name}: {}" (kv.add (format "counter/{}" (string.lower $name))))

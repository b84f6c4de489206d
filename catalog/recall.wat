;;| name = "recall"
;;| description = "Gives the value that was remembered under a key in this conversation."
;;| signature = "(key: string) -> string"
;;| grants = ["kv"]
;;|
;;| [[example]]
;;| says = "recall deploy day"
;;| args = ["deploy day"]
;;| result = "Thursday"
;;| [[example.host]]
;;| call = "kv.get"
;;| args = ["deploy day"]
;;| value = "Thursday"
;;|
;;| [[example]]
;;| says = "what do you remember about release branch?"
;;| args = ["release branch"]
;;| result = "main"
;;| [[example.host]]
;;| call = "kv.get"
;;| args = ["release branch"]
;;| value = "main"
;;|
;;| [[example]]
;;| says = "what is my favourite editor?"
;;| args = ["favourite editor"]
;;| result = "vim"
;;| [[example.host]]
;;| call = "kv.get"
;;| args = ["favourite editor"]
;;| value = "vim"

(kv.get $key)

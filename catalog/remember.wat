;;| name = "remember"
;;| description = "Keeps a value under a key for the rest of this conversation, in place of any before."
;;| signature = "(key: string, value: string) -> string"
;;| grants = ["kv", "string"]
;;|
;;| [[example]]
;;| says = "remember that deploy day is Thursday"
;;| args = ["deploy day", "Thursday"]
;;| result = "Remembered: deploy day is Thursday"
;;| [[example.host]]
;;| call = "kv.set"
;;| args = ["deploy day", "Thursday"]
;;|
;;| [[example]]
;;| says = "remember that my favourite editor is vim"
;;| args = ["favourite editor", "vim"]
;;| result = "Remembered: favourite editor is vim"
;;| [[example.host]]
;;| call = "kv.set"
;;| args = ["favourite editor", "vim"]
;;|
;;| [[example]]
;;| says = "remember my shift is Monday to Wednesday"
;;| args = ["shift", "Monday to Wednesday"]
;;| result = "Remembered: shift is Monday to Wednesday"
;;| [[example.host]]
;;| call = "kv.set"
;;| args = ["shift", "Monday to Wednesday"]
;;|
;;| [[example]]
;;| says = "remember release branch = main"
;;| args = ["release branch", "main"]
;;| result = "Remembered: release branch is main"
;;| [[example.host]]
;;| call = "kv.set"
;;| args = ["release branch", "main"]

(local $err i32)
(local $line i32)

(argv 0 $key)
(argv 1 $value)

;; kv.set has no result: the 0 in its place is dropped.
(call $kv.set (local.get $key) (local.get $value))
(local.set $err)
(drop)
(check $err)

(call $string.concat "Remembered: " (local.get $key))
(local.set $err)
(local.set $line)
(check $err)

(call $string.concat (local.get $line) " is ")
(local.set $err)
(local.set $line)
(check $err)

(call $string.concat (local.get $line) (local.get $value))
(local.set $err)
(local.set $line)
(check $err)
(resv $line)

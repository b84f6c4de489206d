;;| name = "todo_add"
;;| description = "Adds a task to the channel's todo list and gives its number."
;;| signature = "(task: string) -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "add to the todo list: book the room"
;;| args = ["book the room"]
;;| result = "Added as 4: book the room"
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| args = ["todo/last", 1]
;;| value = 4
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["todo/open/000004", "book the room"]
;;|
;;| [[example]]
;;| says = "add book the room to the todo list"
;;| args = ["book the room"]
;;| result = "Added as 4: book the room"
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| args = ["todo/last", 1]
;;| value = 4
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["todo/open/000004", "book the room"]
;;|
;;| [[example]]
;;| says = "todo: Größe prüfen"
;;| args = ["Größe prüfen"]
;;| result = "Added as 1: Größe prüfen"
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| value = 1
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["todo/open/000001", "Größe prüfen"]
;;|
;;| [[example]]
;;| args = [" "]
;;| result = "What is to be done?"

(let $task (string.trim $task))
(if (= $task "") (resv "What is to be done?"))
(let $number (kv_channel.add "todo/last"))
;; With zeros in front, the order of the keys is that of the numbers.
(kv_channel.set (format "todo/open/{}" (string.pad_start (text $number) 6 "0")) $task)
(format "Added as {$number}: {$task}")

;;| name = "todo_done"
;;| description = "Takes a task off the channel's todo list by its number."
;;| signature = "(number: i32) -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "todo 4 is done"
;;| args = [4]
;;| result = "Done: book the room"
;;| [[example.host]]
;;| call = "kv_channel.get"
;;| args = ["todo/open/000004"]
;;| value = "book the room"
;;| [[example.host]]
;;| call = "kv_channel.delete"
;;| args = ["todo/open/000004"]
;;|
;;| [[example]]
;;| says = "tick off number 12 on the todo list"
;;| args = [12]
;;| result = "No open task has the number 12."
;;| [[example.host]]
;;| call = "kv_channel.get"
;;| status = "ENOENT"
;;| message = "nothing is stored under \"todo/open/000012\""

(let $key (format "todo/open/{}" (string.pad_start $number 6 "0")))
(let $task (catch $err (kv_channel.get $key)))
(if (= $err ENOENT) (resv (format "No open task has the number {$number}.")))
(check $err)
(kv_channel.delete $key)
(format "Done: {$task}")

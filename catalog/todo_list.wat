;;| name = "todo_list"
;;| description = "The open tasks of the channel's todo list, with their numbers."
;;| signature = "() -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "what is on the todo list?"
;;| args = []
;;| result = """
;;|- 2: book the room
;;|- 10: Größe prüfen"""
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["todo/open/"]
;;| value = '{"todo/open/000002":"book the room","todo/open/000010":"Größe prüfen"}'
;;|
;;| [[example]]
;;| says = "show our todos"
;;| args = []
;;| result = "Nothing is left to do."
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| value = "{}"

(let $tasks (kv_channel.entries "todo/open/"))
(if (= (len $tasks) 0) (resv "Nothing is left to do."))
(let $lines (list))
(each $key $tasks
  (array.push $lines (format "- {}: {}" (i32 (string.slice $key 10)) (at $tasks $key))))
(string.join $lines "\n")

;;| name = "standup_note"
;;| description = "Keeps what somebody says for the standup, in place of the note before."
;;| signature = "(note: string) -> string"
;;| grants = ["kv_channel", "chat", "time"]
;;|
;;| [[example]]
;;| says = "standup: finished the parser, next are the tests"
;;| args = ["finished the parser, next are the tests"]
;;| result = "Noted, Ada."
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U1","name":"Ada"}'
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["standup/U1", '{"name":"Ada","note":"finished the parser, next are the tests","at":1795361400000}']
;;|
;;| [[example]]
;;| says = "my standup note is: blockiert durch Prüfung 🚧"
;;| args = ["blockiert durch Prüfung 🚧"]
;;| result = "Noted, Jürgen."
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U2","name":"Jürgen"}'
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;| [[example.host]]
;;| call = "kv_channel.set"
;;|
;;| [[example]]
;;| args = [" "]
;;| result = "What is to be noted?"

(let $note (string.trim $note))
(if (= $note "") (resv "What is to be noted?"))
(let $user (chat.user))
(let $entry (object "name" (at $user "name") "note" $note "at" (time.now)))
(kv_channel.set (format "standup/{}" (at $user "id")) (json.stringify $entry))
(format "Noted, {}." (at $user "name"))

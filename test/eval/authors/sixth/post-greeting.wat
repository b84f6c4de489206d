(let $answer (http.post_json $url (object "greeting" (format "Hello, {$name}!"))))
(i32 (at $answer "id"))

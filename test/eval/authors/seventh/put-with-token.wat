(let $answer (http.request "PUT" $url
  (object "x-token" $token "content-type" "application/json")
  (json.stringify (object "done" $done))))
(i32 (at $answer "status"))

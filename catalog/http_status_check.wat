;;| name = "http_status_check"
;;| description = "Asks one or several URLs for their HTTP status and gives a table of up and down."
;;| signature = "(urls: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "is https://example.com/ up?"
;;| args = ["https://example.com/"]
;;| result = """
;;|| URL                  | status |     |
;;|| -------------------- | -----: | --- |
;;|| https://example.com/ |    200 | up  |
;;|"""
;;| [[example.host]]
;;| call = "http.status"
;;| args = ["https://example.com/"]
;;| value = 200
;;|
;;| [[example]]
;;| says = "check https://a.example.com, https://b.example.com https://c.example.com for me"
;;| args = ["https://a.example.com, https://b.example.com https://c.example.com"]
;;| result = """
;;|| URL                   | status      |      |
;;|| --------------------- | ----------- | ---- |
;;|| https://a.example.com | 503         | down |
;;|| https://b.example.com | no answer   | down |
;;|| https://c.example.com | not allowed |      |
;;|"""
;;| [[example.host]]
;;| call = "http.status"
;;| value = 503
;;| [[example.host]]
;;| call = "http.status"
;;| status = "EREMOTE"
;;| message = "the host did not answer"
;;| [[example.host]]
;;| call = "http.status"
;;| status = "EACCESS"
;;| message = "the host is not allowed"
;;|
;;| [[example]]
;;| args = ["  "]
;;| result = "There is no URL to check."
;;|
;;| [[example]]
;;| args = ["example.com"]
;;| result = """
;;|| URL                 | status |     |
;;|| ------------------- | -----: | --- |
;;|| https://example.com |    200 | up  |
;;|"""
;;| [[example.host]]
;;| call = "http.status"
;;| args = ["https://example.com"]
;;| value = 200
;;|
;;| [[example]]
;;| args = ["<https://a.example/x>; b.example and https://c.example."]
;;| result = """
;;|| URL                 | status |     |
;;|| ------------------- | -----: | --- |
;;|| https://a.example/x |    200 | up  |
;;|| https://b.example   |    200 | up  |
;;|| https://c.example   |    200 | up  |
;;|"""
;;| [[example.host]]
;;| call = "http.status"
;;| args = ["https://a.example/x"]
;;| value = 200
;;| [[example.host]]
;;| call = "http.status"
;;| args = ["https://b.example"]
;;| value = 200
;;| [[example.host]]
;;| call = "http.status"
;;| args = ["https://c.example"]
;;| value = 200
;;|
;;| [[example]]
;;| args = ["is https://example.com/ up?"]
;;| result = """
;;|| URL                  | status |     |
;;|| -------------------- | -----: | --- |
;;|| https://example.com/ |    200 | up  |
;;|"""
;;| [[example.host]]
;;| call = "http.status"
;;| args = ["https://example.com/"]
;;| value = 200

(let $rows (list (list "URL" "status" "")))
(let $found_all (regex.find_all $urls "[^\\s,;<>\"|]+"))
(each $found $found_all
  (let $word (regex.replace $found "[.!?]+$" ""))
  ;; A word of a sentence has no dot in it.
  (if (and (> (len $found_all) 1) (not (regex.test $word "[.:]"))) (continue))
  (if (= $word "") (continue))
  (let $url (if (string.contains $word "://") $word
    (if (regex.test $word "^(?:localhost|127\\.)") (format "http://{$word}") (format "https://{$word}"))))
  (let $code (catch $err (http.status $url)))
  (array.push $rows
    (if (= $err 0) (list $url $code (if (< $code 400) "up" "down"))
      (if (= $err EREMOTE) (list $url "no answer" "down")
        (list $url (if (= $err EACCESS) "not allowed" "no URL") "")))))
(if (= (len $rows) 1) "There is no URL to check." (markdown.table $rows))

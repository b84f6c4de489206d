;;| name = "summarise_page"
;;| description = "Fetches a web page and summarises it in a few sentences."
;;| signature = "(url: string) -> string"
;;| grants = ["http", "ai"]
;;|
;;| [[example]]
;;| says = "summarise https://example.com/news"
;;| args = ["https://example.com/news"]
;;| result = "The café opens on Monday."
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/news"]
;;| value = "<title>News</title><h1>News</h1><p>After months the caf&eacute; opens, on Monday.</p>"
;;| [[example.host]]
;;| call = "ai.ask"
;;| args = ["Summarise this web page in at most five sentences, in its own language.", "News\n\nAfter months the café opens, on Monday."]
;;| value = "The café opens on Monday."
;;|
;;| [[example]]
;;| says = "what is the page https://example.com/minutes.txt about?"
;;| args = ["https://example.com/minutes.txt"]
;;| result = "Minutes of a meeting."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "Present: Al, Zoë"
;;| [[example.host]]
;;| call = "ai.ask"
;;| value = "Minutes of a meeting."
;;|
;;| [[example]]
;;| says = "sum up https://example.com/app"
;;| args = ["https://example.com/app"]
;;| result = "The page has no text."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<!doctype html><title>App</title><div id=root></div><script src=app.js></script>"

(let $body (http.get $url))
(let $text (if (regex.test $body "^\\s*<") (html.to_text $body) $body))
(if (= (string.trim $text) "") (resv "The page has no text."))
(ai.ask
  "Summarise this web page in at most five sentences, in its own language."
  (string.truncate $text 60000))

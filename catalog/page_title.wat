;;| name = "page_title"
;;| description = "Gives the title of a web page."
;;| signature = "(url: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "what is the title of https://example.com/?"
;;| args = ["https://example.com/"]
;;| result = "Example Domain"
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/"]
;;| value = "<!doctype html><title>Example\n  Domain</title><h1>Hello</h1>"
;;|
;;| [[example]]
;;| says = "title of the page https://wiki.example.com/caf%C3%A9"
;;| args = ["https://wiki.example.com/caf%C3%A9"]
;;| result = "Café & bar – Wiki"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<title>Caf&eacute; &amp; bar – Wiki</title>"
;;|
;;| [[example]]
;;| says = "title of https://wiki.example.com/caf%C3%A9"
;;| args = ["https://wiki.example.com/caf%C3%A9"]
;;| result = "Café & bar – Wiki"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<title>Caf&eacute; &amp; bar – Wiki</title>"
;;|
;;| [[example]]
;;| says = "how is https://example.com/robots.txt titled?"
;;| args = ["https://example.com/robots.txt"]
;;| result = "The page has no title."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "User-agent: *"

(let $page (http.get $url))
(default (html.title $page) "The page has no title.")

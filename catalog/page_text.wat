;;| name = "page_text"
;;| description = "Gives the text of a web page without its markup."
;;| signature = "(url: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "read https://example.com/menu as plain text"
;;| args = ["https://example.com/menu"]
;;| result = "Lunch\n\n- Soup\n- Crêpes"
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/menu"]
;;| value = "<!doctype html><title>Menu</title><h1>Lunch</h1><ul><li>Soup<li>Cr&ecirc;pes</ul><script>track()</script>"
;;|
;;| [[example]]
;;| says = "what is written on https://example.com/notes.txt?"
;;| args = ["https://example.com/notes.txt"]
;;| result = "a < b\n\n\nand so on\n"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "a < b\n\n\nand so on\n"
;;|
;;| [[example]]
;;| says = "text of https://example.com/empty"
;;| args = ["https://example.com/empty"]
;;| result = "The page has no text."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<html><body><img src='a.png'></body></html>"

;; Only what begins with a tag is HTML; the lines of plain text stay as they are.
(let $body (http.get $url))
(let $text (if (regex.test $body "^\\s*<") (html.to_text $body) $body))
(if (= $text "") "The page has no text." $text)

;;| name = "url_encode"
;;| description = "Writes a text as a part of a URL, with %XX for what has a meaning there."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "url encode a b&c=d/e"
;;| args = ["a b&c=d/e"]
;;| result = "a%20b%26c%3Dd%2Fe"
;;|
;;| [[example]]
;;| says = "how do I write Crème brûlée in a URL?"
;;| args = ["Crème brûlée"]
;;| result = "Cr%C3%A8me%20br%C3%BBl%C3%A9e"
;;|
;;| [[example]]
;;| args = [""]
;;| result = ""

(url.encode $text)

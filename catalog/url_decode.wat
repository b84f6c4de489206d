;;| name = "url_decode"
;;| description = "Gives the text that a part of a URL with %XX and + stands for."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "url decode a%20b%26c"
;;| args = ["a%20b%26c"]
;;| result = "a b&c"
;;|
;;| [[example]]
;;| says = "what does q=cr%C3%A8me+br%C3%BBl%C3%A9e mean decoded?"
;;| args = ["q=cr%C3%A8me+br%C3%BBl%C3%A9e"]
;;| result = "q=crème brûlée"
;;|
;;| [[example]]
;;| says = "url decode 100%"
;;| args = ["100%"]
;;| result = "There is a % without two hex digits of a character behind it."
;;|
;;| [[example]]
;;| args = ["%ff%fe"]
;;| result = "The bytes that the % signs stand for are no text in UTF-8."

(let $decoded (catch $err (url.decode (string.replace $text "+" " "))))
(if (= $err SUCCESS) (resv $decoded))
(if (regex.test $text "%(?:[^\\da-fA-F]|.[^\\da-fA-F]|.?$)")
  "There is a % without two hex digits of a character behind it."
  "The bytes that the % signs stand for are no text in UTF-8.")

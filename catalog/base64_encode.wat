;;| name = "base64_encode"
;;| description = "Writes a text's UTF-8 in base64."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "base64 encode user:pass"
;;| args = ["user:pass"]
;;| result = "dXNlcjpwYXNz"
;;|
;;| [[example]]
;;| says = "what is Grüße 👋 in base64?"
;;| args = ["Grüße 👋"]
;;| result = "R3LDvMOfZSDwn5GL"
;;|
;;| [[example]]
;;| args = [""]
;;| result = ""

(base64.encode $text)

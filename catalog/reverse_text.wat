;;| name = "reverse_text"
;;| description = "Writes a text backwards."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "reverse stressed"
;;| args = ["stressed"]
;;| result = "desserts"
;;|
;;| [[example]]
;;| says = "write Köln 👩‍🚀 backwards"
;;| args = ["Köln 👩‍🚀"]
;;| result = "👩‍🚀 nlöK"
;;|
;;| [[example]]
;;| args = [""]
;;| result = ""

(string.reverse $text)

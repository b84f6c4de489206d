;;| name = "translate"
;;| description = "Translates a text into a language, by a model."
;;| signature = "(text: string, language: string) -> string"
;;| grants = ["ai"]
;;|
;;| [[example]]
;;| says = "translate \"Guten Morgen\" into French"
;;| args = ["Guten Morgen", "French"]
;;| result = "Bonjour"
;;| [[example.host]]
;;| call = "ai.ask"
;;| args = ["Translate the input into French. Give the translation alone.", "Guten Morgen"]
;;| value = "Bonjour"
;;|
;;| [[example]]
;;| says = "how do you say ship it in Japanese?"
;;| args = ["ship it", "Japanese"]
;;| result = "リリースしよう"
;;| [[example.host]]
;;| call = "ai.ask"
;;| value = " リリースしよう\n"
;;|
;;| [[example]]
;;| args = ["", "French"]
;;| result = ""
;;|
;;| [[example]]
;;| args = ["Guten Morgen", " "]
;;| result = "Which language?"

(if (= (string.trim $text) "") (resv ""))
(if (= (string.trim $language) "") (resv "Which language?"))
(string.trim (ai.ask (format "Translate the input into {$language}. Give the translation alone.") $text))

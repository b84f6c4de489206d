;;| name = "rewrite_politely"
;;| description = "Rewrites a message so that it is polite and says the same, by a model."
;;| signature = "(text: string) -> string"
;;| grants = ["ai"]
;;|
;;| [[example]]
;;| says = "make this polite: your build is broken again"
;;| args = ["your build is broken again"]
;;| result = "It looks as if the build fails again; could you have a look?"
;;| [[example.host]]
;;| call = "ai.ask"
;;| args = ["Rewrite the input so that it is polite and friendly. Keep its language, its facts and about its length. Give the new text alone.", "your build is broken again"]
;;| value = "It looks as if the build fails again; could you have a look?"
;;|
;;| [[example]]
;;| says = "say \"Wo bleibt der Bericht?\" in a friendly way"
;;| args = ["Wo bleibt der Bericht?"]
;;| result = "Könntest du mir bitte den Bericht schicken?"
;;| [[example.host]]
;;| call = "ai.ask"
;;| value = "Könntest du mir bitte den Bericht schicken?"
;;|
;;| [[example]]
;;| args = [" "]
;;| result = "There is nothing to rewrite."

(if (= (string.trim $text) "") (resv "There is nothing to rewrite."))
(ai.ask
  "Rewrite the input so that it is polite and friendly. Keep its language, its facts and about its length. Give the new text alone."
  $text)

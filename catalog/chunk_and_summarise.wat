;;| name = "chunk_and_summarise"
;;| description = "Summarises a text of any length in a few sentences, a long one piece by piece."
;;| signature = "(text: string) -> string"
;;| grants = ["ai"]
;;|
;;| [[example]]
;;| says = "summarise this text: The release slipped a week because the tests of the importer failed."
;;| args = ["The release slipped a week because the tests of the importer failed."]
;;| result = "The release is a week late; the importer's tests failed."
;;| [[example.host]]
;;| call = "ai.ask"
;;| args = ["Summarise the text in at most five sentences, in its own language.", "The release slipped a week because the tests of the importer failed."]
;;| value = "The release is a week late; the importer's tests failed."
;;|
;;| [[example]]
;;| says = "give me the gist of: Der Server in Köln wird am Freitag ersetzt, bitte alles bis Donnerstag sichern."
;;| args = ["Der Server in Köln wird am Freitag ersetzt, bitte alles bis Donnerstag sichern."]
;;| result = "Serverwechsel am Freitag, vorher sichern."
;;| [[example.host]]
;;| call = "ai.ask"
;;| value = "Serverwechsel am Freitag, vorher sichern."
;;|
;;| [[example]]
;;| args = [" \n"]
;;| result = "There is nothing to summarise."

;; A run may ask the model eight times: six pieces at the most, and once for the whole.
(let $wish "Summarise the text in at most five sentences, in its own language.")
(if (= (string.trim $text) "") (resv "There is nothing to summarise."))
(if (<= (len $text) 20000) (resv (ai.ask $wish $text)))
(let $parts (list))
(each $piece (string.chunk $text (max 20000 (+ (/ (len $text) 3) 1)))
  (array.push $parts (ai.ask "Sum up this part of a longer text: its facts, names and numbers." $piece)))
(ai.ask $wish (string.join $parts "\n\n"))

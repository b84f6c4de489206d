;;| name = "classify_text"
;;| description = "Says which of several labels fits a text best, by a model; commas separate them."
;;| signature = "(text: string, labels: string) -> string"
;;| grants = ["ai"]
;;|
;;| [[example]]
;;| says = "is \"the app crashes on start\" a bug, question, or praise?"
;;| args = ["the app crashes on start", "bug, question, or praise"]
;;| result = "bug"
;;| [[example.host]]
;;| call = "ai.classify"
;;| args = ["the app crashes on start", '["bug","question","praise"]']
;;| value = "bug"
;;|
;;| [[example]]
;;| says = "classify \"Das Café war großartig\" as positive, negative"
;;| args = ["Das Café war großartig", "positive, negative"]
;;| result = "positive"
;;| [[example.host]]
;;| call = "ai.classify"
;;| value = "positive"
;;|
;;| [[example]]
;;| args = ["hm", "one"]
;;| result = "Give two labels or more, with commas between."
;;|
;;| [[example]]
;;| args = ["Login fails; since Monday", "bug; question\npraise"]
;;| result = "bug"
;;| [[example.host]]
;;| call = "ai.classify"
;;| args = ["Login fails; since Monday", '["bug","question","praise"]']
;;| value = "bug"

(let $names (list))
(each $label (regex.split $labels "[,;\\n]|\\bor\\b")
  (if (!= (string.trim $label) "") (array.push $names (string.trim $label))))
(if (< (len $names) 2) (resv "Give two labels or more, with commas between."))
(ai.classify $text (json.stringify $names))

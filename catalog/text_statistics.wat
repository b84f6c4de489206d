;;| name = "text_statistics"
;;| description = "Counts the characters, words, sentences and lines of a text."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "text statistics of: It works. Does it? Yes"
;;| args = ["It works. Does it? Yes"]
;;| result = "Characters: 22, words: 5, sentences: 3, lines: 1"
;;|
;;| [[example]]
;;| says = "how long is 'Grüße aus Köln'"
;;| args = ["Grüße aus Köln"]
;;| result = "Characters: 14, words: 3, sentences: 1, lines: 1"
;;|
;;| [[example]]
;;| args = ["First line...\nsecond, with 3.5 things\n"]
;;| result = "Characters: 38, words: 6, sentences: 2, lines: 2"
;;|
;;| [[example]]
;;| args = ["Dr. Smith met Mrs. Jones, e.g. today. Fine!"]
;;| result = "Characters: 43, words: 8, sentences: 2, lines: 1"
;;|
;;| [[example]]
;;| args = [""]
;;| result = "Characters: 0, words: 0, sentences: 0, lines: 0"

;; A sentence ends with a stop before a space that is not that of Dr. or e.g., or with the text.
(let $stops (regex.replace $text "\\b(?:Drs?|Mrs?|Ms|Prof|Nr|vs|ca|bzw|e\\.g|i\\.e|z\\. ?B|d\\. ?h)\\." ""))
(format "Characters: {}, words: {}, sentences: {}, lines: {}"
  (len $text)
  (len (regex.find_all $text "\\S*[\\p{L}\\p{N}]\\S*"))
  (len (regex.find_all $stops "[.!?…]+(?:\\s|$)|\\S\\s*$"))
  (len (string.lines $text)))

;;| name = "word_count"
;;| description = "Counts the words of a text, which stand between spaces, tabs and line ends."
;;| signature = "(text: string) -> i32"
;;|
;;| [[example]]
;;| says = "count the words in: the quick brown fox"
;;| args = ["the quick brown fox"]
;;| result = 4
;;|
;;| [[example]]
;;| says = "word count of: the quick brown fox"
;;| args = ["the quick brown fox"]
;;| result = 4
;;|
;;| [[example]]
;;| says = "how many words are in Grüße aus Köln?"
;;| args = ["Grüße aus Köln"]
;;| result = 3
;;|
;;| [[example]]
;;| args = [" two\t\n words "]
;;| result = 2
;;|
;;| [[example]]
;;| args = ["- item one\n- it's item 2 — really"]
;;| result = 6

;; A dash or a sign of a list is no word.
(len (regex.find_all $text "\\S*[\\p{L}\\p{N}]\\S*"))

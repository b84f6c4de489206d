;;| name = "frequency"
;;| description = "Gives the most frequent words of a text, so many as asked, with their counts."
;;| signature = "(text: string, top: i32) -> string"
;;|
;;| [[example]]
;;| says = "the 2 most frequent words in: The cat and the dog and the cat's toy"
;;| args = ["The cat and the dog and the cat's toy", 2]
;;| result = """
;;|1. the: 3
;;|2. and: 2"""
;;|
;;| [[example]]
;;| says = "top 1 words of «Où est l'été? L'été est là!»"
;;| args = ["«Où est l'été? L'été est là!»", 1]
;;| result = "1. est: 2"
;;|
;;| [[example]]
;;| says = "which 3 words are used most in ... --- ...?"
;;| args = ["... --- ...", 3]
;;| result = "There are no words."
;;|
;;| [[example]]
;;| args = ["the cat", 0]
;;| result = "Say how many words are to be shown, 1 or more."

(if (< $top 1) (resv "Say how many words are to be shown, 1 or more."))
(let $words (regex.find_all (string.lower $text) "[\\p{L}\\p{N}]+(?:['’-][\\p{L}\\p{N}]+)*"))
(if (= (len $words) 0) (resv "There are no words."))
(let $counts (array.count_by $words))
(let $lines (list))
(each $word $count $counts
  (if (>= (len $lines) $top) (break))
  (array.push $lines (format "{}. {$word}: {$count}" (+ (len $lines) 1))))
(string.join $lines "\n")

;;| name = "average_rating"
;;| description = "The average of ratings in a text: numbers, 4/5, or stars as ⭐⭐⭐."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "average rating of: Ada 4, Grace 5, Linus 3.5"
;;| args = ["Ada 4, Grace 5, Linus 3.5"]
;;| result = "Average: 4.17 (ratings: 3)"
;;|
;;| [[example]]
;;| says = "what is the average of the reviews 4/5, 3/5 and 5/5?"
;;| args = ["4/5, 3/5 and 5/5"]
;;| result = "Average: 4 (ratings: 3)"
;;|
;;| [[example]]
;;| args = ["⭐️⭐️⭐️ meh, ⭐⭐⭐⭐⭐ Küche, ★★"]
;;| result = "Average: 3.33 (ratings: 3)"
;;|
;;| [[example]]
;;| args = ["no idea"]
;;| result = "There are no ratings in the text."

;; Some keyboards put a sign behind each star that asks for colour.
(let $ratings (list))
(each $found (regex.find_all (string.replace $text "\u{fe0f}" "") "[⭐★]+|\\d+(?:\\.\\d+)?(?:\\s*/\\s*\\d+)?")
  (array.push $ratings
    (default (f64 (text (at (string.split $found "/") 0))) (len $found))))
(let $count (len $ratings))
(if (= $count 0) (resv "There are no ratings in the text."))
(format "Average: {} (ratings: {$count})" (number.round (array.average $ratings) 2))

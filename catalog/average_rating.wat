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
;;|
;;| [[example]]
;;| args = ["8/10 and 4/5"]
;;| result = "Average: 80 % (ratings: 2, of different scales)"
;;|
;;| [[example]]
;;| args = ["8/10, Ada: 4"]
;;| result = "The ratings are not of one scale; write each as 4/5."
;;|
;;| [[example]]
;;| args = ["-3, 4"]
;;| result = "Average: 0.5 (ratings: 2)"

;; Some keyboards put a sign behind each star that asks for colour.
(let $ratings (list))
(let $shares (list))
(let $scales (list))
(each $found (regex.find_all (string.replace $text "\u{fe0f}" "") "[⭐★]+|(?:\\B-)?\\d+(?:\\.\\d+)?(?:\\s*/\\s*\\d+)?")
  (let $parts (string.split $found "/"))
  (let $rating (default (number.parse (text (at $parts 0))) (f64 (len $found))))
  (let $scale (default (number.parse (text (at $parts 1))) 0.0))
  (array.push $ratings $rating)
  (array.push $scales $scale)
  (if (> $scale 0) (array.push $shares (/ (* 100 $rating) $scale))))
(let $count (len $ratings))
(if (= $count 0) (resv "There are no ratings in the text."))
(if (= (len (array.unique $scales)) 1)
  (resv (format "Average: {} (ratings: {$count})" (number.round (array.average $ratings) 2))))
(if (< (len $shares) $count) (resv "The ratings are not of one scale; write each as 4/5."))
(format "Average: {} % (ratings: {$count}, of different scales)" (number.round (array.average $shares) 2))

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
;;|
;;| [[example]]
;;| args = ["Müller 4,5; Schmidt 3,5"]
;;| result = "Average: 4 (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["4 out of 5 from Ada, 3 out of 5 from Zoë"]
;;| result = "Average: 3.5 (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["9,5/10; 8/10"]
;;| result = "Average: 8.75 (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["2026-11-22: 4, Ada 5 on 12.11.2026"]
;;| result = "It is not clear which rating 12.11.2026 is."
;;|
;;| [[example]]
;;| args = ["4.125/5, 3/5"]
;;| result = "Average: 3.56 (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["5/0"]
;;| result = "It is not clear which rating 5/0 is."
;;|
;;| [[example]]
;;| args = ["12/11/2026: 4"]
;;| result = "It is not clear which rating 12/11/2026 is."
;;|
;;| [[example]]
;;| args = ["4 von 5 Sternen, 5 von 5 Sternen"]
;;| result = "Average: 4.5 (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["1. Great place: 5\n2. Bad: 1"]
;;| result = "Average: 3 (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["90%, 80%"]
;;| result = "Average: 85 % (ratings: 2)"
;;|
;;| [[example]]
;;| args = ["5 people gave 4, 3 people gave 2"]
;;| result = "It is not clear which rating 5 people is."

;; Some keyboards put a sign behind each star that asks for colour.
(let $text (regex.replace (string.replace $text "\u{fe0f}" "") "(?i)(\\d)\\s+(?:out\\s+of|of|von)\\s+(\\d)" "$1/$2"))
;; How many people gave a rating is none.
(let $people (regex.find_all $text "(?i)\\d+\\s*(?:people|persons?|users?|customers?|votes?|reviews?|times|Leute|Personen|Stimmen|Kunden|mal)\\b"))
(if (> (len $people) 0) (resv (format "It is not clear which rating {} is." (at $people 0))))
(let $percent "")
(let $ratings (list))
(let $shares (list))
(let $scales (list))
(let $scaled "(\\d+(?:[.,]\\d+)?)\\s*/\\s*(\\d+)\\b")
(let $dates (regex.find_all $text "\\d+\\s*/\\s*\\d+\\s*/\\s*\\d*"))
(if (> (len $dates) 0) (resv (format "It is not clear which rating {} is." (at $dates 0))))
(each $found (regex.find_all $text $scaled)
  (let $rating (f64 (string.replace (at $found 1) "," ".")))
  (let $scale (f64 (at $found 2)))
  (array.push $ratings $rating)
  (array.push $scales $scale)
  (if (> $rating $scale) (resv (format "It is not clear which rating {} is." (at $found 0))))
  (array.push $shares (/ (* 100 $rating) $scale)))
(let $rest (regex.replace $text $scaled " "))
(each $stars (regex.find_all $rest "[⭐★]+")
  (array.push $ratings (len $stars))
  (array.push $scales 0))
;; What is left are numbers alone; those that can be read in several ways have no value.
(each $one (number.find_all (regex.replace $rest "[⭐★]+" " "))
  (if (= (at $one "value") null) (resv (format "It is not clear which rating {} is." (at $one "text"))))
  (array.push $ratings (at $one "value"))
  (if (= (at $one "unit") "%") (let $percent " %"))
  (array.push $scales (if (= (at $one "unit") "%") 100 0)))
(let $count (len $ratings))
(if (= $count 0) (resv "There are no ratings in the text."))
(if (= (len (array.unique $scales)) 1)
  (resv (format "Average: {}{$percent} (ratings: {$count})" (number.round (array.mean $ratings) 2))))
(if (< (len $shares) $count) (resv "The ratings are not of one scale; write each as 4/5."))
(format "Average: {} % (ratings: {$count}, of different scales)" (number.round (array.mean $shares) 2))

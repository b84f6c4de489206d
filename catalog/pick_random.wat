;;| name = "pick_random"
;;| description = "Picks one of several choices at random; commas, \"or\" or lines separate them."
;;| signature = "(choices: string) -> string"
;;| grants = ["random"]
;;|
;;| [[example]]
;;| says = "pick one of pizza, ramen or falafel"
;;| args = ["pizza, ramen or falafel"]
;;| result = "ramen"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [0, 2]
;;| value = 1
;;|
;;| [[example]]
;;| says = "who should take notes: Ada, Jürgen, Grace?"
;;| args = ["Ada, Jürgen, Grace"]
;;| result = "Jürgen"
;;| [[example.host]]
;;| call = "random.int"
;;| value = 1
;;|
;;| [[example]]
;;| args = [" , "]
;;| result = "There is nothing to pick from."
;;|
;;| [[example]]
;;| args = ["Müller, Schulz und Maier"]
;;| result = "Maier"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [0, 2]
;;| value = 2
;;|
;;| [[example]]
;;| args = ["heads / tails OR edge"]
;;| result = "edge"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [0, 2]
;;| value = 2
;;|
;;| [[example]]
;;| args = ["1. Anna\n2. Ben"]
;;| result = "Ben"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [0, 1]
;;| value = 1
;;|
;;| [[example]]
;;| args = ["Anna und Ben und Carla"]
;;| result = "Carla"
;;| [[example.host]]
;;| call = "random.int"
;;| args = [0, 2]
;;| value = 2

;; The numbers and signs of a list are not what is picked.
(let $choices (regex.replace $choices "(?m)^\\s*(?:\\d+[.)]|[-*•])\\s+" ""))
;; The last of a list may have a word before it: "A, B and C".
(let $choices (regex.replace $choices "(?i)(,[^\\n]*?\\S),?\\s+(?:and|or|und|oder|&)\\s+([^,\\n]*)$" "$1, $2"))
(let $items (list))
(each $item (regex.split $choices "(?i),|;|\\n|\\bor\\b|\\boder\\b|\\s/\\s")
  (let $name (string.trim $item))
  (if (!= $name "") (array.push $items $name)))
;; "Anna and Ben" are two where nothing else parts them.
(if (= (len $items) 1) (let $items (regex.split (text (at $items 0)) "(?i)\\s+(?:and|und|&)\\s+")))
(if (= (len $items) 0) (resv "There is nothing to pick from."))
(at $items (random.int 0 (- (len $items) 1)))

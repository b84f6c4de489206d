;;| name = "shuffle_list"
;;| description = "Puts items, separated by commas or lines, in random order as a numbered list."
;;| signature = "(items: string) -> string"
;;| grants = ["random"]
;;|
;;| [[example]]
;;| says = "shuffle Ada, Grace, Linus"
;;| args = ["Ada, Grace, Linus"]
;;| result = """
;;|1. Linus
;;|2. Ada
;;|3. Grace"""
;;| [[example.host]]
;;| call = "random.order"
;;| args = [3]
;;| value = "[2,0,1]"
;;|
;;| [[example]]
;;| says = "put Zoë, Max in random order"
;;| args = ["Zoë, Max"]
;;| result = """
;;|1. Zoë
;;|2. Max"""
;;| [[example.host]]
;;| call = "random.order"
;;| value = "[0,1]"
;;|
;;| [[example]]
;;| args = [""]
;;| result = "There is nothing to shuffle."
;;|
;;| [[example]]
;;| args = ["Ada; Grace; Linus"]
;;| result = """
;;|1. Grace
;;|2. Linus
;;|3. Ada"""
;;| [[example.host]]
;;| call = "random.order"
;;| args = [3]
;;| value = "[1,2,0]"
;;|
;;| [[example]]
;;| args = ["Ada, Zoë and Max"]
;;| result = """
;;|1. Max
;;|2. Zoë
;;|3. Ada"""
;;| [[example.host]]
;;| call = "random.order"
;;| args = [3]
;;| value = "[2,1,0]"

;; The numbers and signs of a list stay where they are.
(let $items (regex.replace $items "(?m)^\\s*(?:\\d+[.)]|[-*•])\\s+" ""))
;; The last of a list may have a word before it: "A, B and C".
(let $items (regex.replace $items "(,[^\\n]*?\\S),?\\s+(?:and|or|und|oder|&)\\s+([^,\\n]*)$" "$1, $2"))
(let $names (regex.find_all $items "[^,;\\n]*[^,;\\s][^,;\\n]*"))
(if (= (len $names) 0) (resv "There is nothing to shuffle."))
(let $lines "")
(each $place $i (random.order (len $names))
  (let $lines (format "{$lines}\n{}. {}" (+ $i 1) (string.trim (at $names $place)))))
(string.trim $lines)

;;| name = "extract_matches"
;;| description = "Lists all matches of a regular expression in a text, one a line."
;;| signature = "(pattern: string, text: string) -> string"
;;|
;;| [[example]]
;;| says = "extract [A-Z]+-\\d+ from: fixes WEB-12 and OPS-7, not web"
;;| args = ["[A-Z]+-\\d+", "fixes WEB-12 and OPS-7, not web"]
;;| result = """
;;|WEB-12
;;|OPS-7"""
;;|
;;| [[example]]
;;| says = "find all (\\w+)=(\\w+) in: a=1 b=2"
;;| args = ["(\\w+)=(\\w+)", "a=1 b=2"]
;;| result = """
;;|a, 1
;;|b, 2"""
;;|
;;| [[example]]
;;| says = "which matches of (?<tag>#\\p{L}+) are in: #größe und #ñandú?"
;;| args = ["(?<tag>#\\p{L}+)", "#größe und #ñandú"]
;;| result = """
;;|#größe
;;|#ñandú"""
;;|
;;| [[example]]
;;| says = "extract \\d+ from: no digits"
;;| args = ["\\d+", "no digits"]
;;| result = "No match."
;;|
;;| [[example]]
;;| args = ["", "abc"]
;;| result = "Give a pattern to look for."

(if (= $pattern "") (resv "Give a pattern to look for."))
;; With groups a match is an array that begins with the whole, or an object of the names; groups not used are null.
(let $lines (list))
(each $match (regex.find_all $text $pattern)
  (let $type (json.type $match))
  (let $groups
    (if (= $type "array") (array.slice $match 1)
      (if (= $type "object") (json.values $match) (list $match))))
  (let $texts (list))
  (each $group $groups
    (if (!= (json.type $group) "null") (array.push $texts $group)))
  (array.push $lines (string.join $texts ", ")))
(if (= (len $lines) 0) "No match." (string.join $lines "\n"))

;;| name = "replace_text"
;;| description = "Replaces every match of a regular expression, a single character or a plain text; $1 stands for a group."
;;| signature = "(text: string, pattern: string, replacement: string) -> string"
;;|
;;| [[example]]
;;| says = "in 'call 555-1234 today' replace \\d{3}-\\d{4} by [number]"
;;| args = ["call 555-1234 today", "\\d{3}-\\d{4}", "[number]"]
;;| result = "call [number] today"
;;|
;;| [[example]]
;;| says = "take 'Doe, Jane' and change (\\w+), (\\w+) to $2 $1"
;;| args = ["Doe, Jane", "(\\w+), (\\w+)", "$2 $1"]
;;| result = "Jane Doe"
;;|
;;| [[example]]
;;| says = "replace é in café with e"
;;| args = ["café", "é", "e"]
;;| result = "cafe"
;;|
;;| [[example]]
;;| args = ["1.250.000", ".", ","]
;;| result = "1,250,000"
;;|
;;| [[example]]
;;| args = ["C++ and C", "C++", "Rust"]
;;| result = "Rust and C"
;;|
;;| [[example]]
;;| args = ["a  b   c", " +", ""]
;;| result = "abc"
;;|
;;| [[example]]
;;| args = ["abc", "", "-"]
;;| result = "abc"
;;|
;;| [[example]]
;;| args = ["wait ... what", "...", "…"]
;;| result = "wait … what"
;;|
;;| [[example]]
;;| args = ["I am (c) me, cat", "(c)", "©"]
;;| result = "I am © me, cat"
;;|
;;| [[example]]
;;| args = ["it cost $5, a|b", "cost $5", "was free"]
;;| result = "it was free, a|b"
;;|
;;| [[example]]
;;| args = ["C and C", "C++", "Rust"]
;;| result = "C and C"

(if (= $pattern "") (resv $text))
;; What stands in the text just so is meant as it stands, such as (c), a|b and $5, and so is a lone character.
(if (or (= (len $pattern) 1) (string.contains $text $pattern)) (resv (string.replace $text $pattern $replacement)))
;; What is no expression, such as C++, is not in the text.
(default EPARSE (regex.replace $text $pattern $replacement) $text)

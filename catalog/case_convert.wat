;;| name = "case_convert"
;;| description = "Writes a text in upper, lower, title, sentence, camel, pascal, snake or kebab."
;;| signature = "(text: string, style: string) -> string"
;;|
;;| [[example]]
;;| says = "convert 'the quick fox' to title case"
;;| args = ["the quick fox", "title"]
;;| result = "The Quick Fox"
;;|
;;| [[example]]
;;| says = "write maxRetryCount in snake case"
;;| args = ["maxRetryCount", "snake"]
;;| result = "max_retry_count"
;;|
;;| [[example]]
;;| says = "user-id für alle as camel case please"
;;| args = ["user-id für alle", "camel"]
;;| result = "userIdFürAlle"
;;|
;;| [[example]]
;;| args = ["straße. ÉTÉ", "sentence"]
;;| result = "Straße. été"
;;|
;;| [[example]]
;;| says = "convert x to funny case"
;;| args = ["x", "funny"]
;;| result = "There is no funny case here, but upper, lower, title, sentence, camel, pascal, snake and kebab."
;;|
;;| [[example]]
;;| args = ["max retry", "CamelCase"]
;;| result = "maxRetry"
;;|
;;| [[example]]
;;| args = ["x", ""]
;;| result = "Name a style: upper, lower, title, sentence, camel, pascal, snake or kebab."
;;|
;;| [[example]]
;;| args = ["parseHTTPResponse v2", "snake"]
;;| result = "parse_http_response_v2"
;;|
;;| [[example]]
;;| args = ["  hi There", "sentence"]
;;| result = "  Hi there"

(let $style (regex.replace (string.lower (string.trim $style)) "[ _-]*case$" ""))
(if (= $style "")
  (resv "Name a style: upper, lower, title, sentence, camel, pascal, snake or kebab."))
(if (= $style "upper") (resv (string.upper $text)))
(if (= $style "lower") (resv (string.lower $text)))
(if (= $style "title") (resv (string.title $text)))
(if (= $style "sentence")
  (then
    (let $start (regex.match $text "(?s)^(\\s*)(.?)(.*)$"))
    (resv (+ (text (at $start 1)) (string.upper (at $start 2)) (string.lower (at $start 3))))))
;; The other styles put words together, which end at signs and before capital letters.
(let $spaced (regex.replace (regex.replace $text "(\\p{Lu})(\\p{Lu}\\p{Ll})" "$1 $2") "(\\p{Ll}|\\d)(\\p{Lu})" "$1 $2"))
(let $words (array.map (regex.find_all $spaced "[\\p{L}\\p{N}]+") "lower"))
(if (= $style "snake") (resv (string.join $words "_")))
(if (= $style "kebab") (resv (string.join $words "-")))
(let $joined (string.join (array.map $words "title")))
(if (= $style "pascal") (resv $joined))
(if (= $style "camel") (resv (+ (string.lower (string.slice $joined 0 1)) (string.slice $joined 1))))
(format "There is no {$style} case here, but upper, lower, title, sentence, camel, pascal, snake and kebab.")

;;| name = "ask_page"
;;| description = "Answers a question from the text of a web page alone."
;;| signature = "(url: string, question: string) -> string"
;;| grants = ["http", "ai"]
;;|
;;| [[example]]
;;| says = 'ask https://example.com/hours "When do they close on Friday?"'
;;| args = ["https://example.com/hours", "When do they close on Friday?"]
;;| result = "At 18:00."
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/hours"]
;;| value = "<table><tr><td>Friday<td>9:00 – 18:00</table>"
;;| [[example.host]]
;;| call = "ai.ask"
;;| args = ["Answer this question from the web page alone; if it does not say, say just that: When do they close on Friday?", "Friday | 9:00 – 18:00"]
;;| value = "At 18:00."
;;|
;;| [[example]]
;;| says = "according to https://example.com/team, who is on call?"
;;| args = ["https://example.com/team", "who is on call?"]
;;| result = "The page does not say."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "Team: Al, Zoë"
;;| [[example.host]]
;;| call = "ai.ask"
;;| value = "The page does not say."
;;|
;;| [[example]]
;;| args = ["https://example.com/team", " "]
;;| result = "There is no question."

(if (= (string.trim $question) "") (resv "There is no question."))
(let $body (http.get $url))
(let $text (if (regex.test $body "^\\s*<") (html.to_text $body) $body))
(ai.ask
  (format "Answer this question from the web page alone; if it does not say, say just that: {$question}")
  (string.truncate $text 60000))

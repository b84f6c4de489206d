;;| name = "tally_show"
;;| description = "All tallies of the channel, the largest first."
;;| signature = "() -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "show the tallies"
;;| args = []
;;| result = """
;;|- coffees: 12
;;|- bugs: 7"""
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["tally/"]
;;| value = '{"tally/bugs":"7","tally/coffees":"12"}'
;;|
;;| [[example]]
;;| says = "what does our tally say?"
;;| args = []
;;| result = "There is no tally in this channel."
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| value = "{}"

(let $entries (kv_channel.entries "tally/"))
(if (= (len $entries) 0) (resv "There is no tally in this channel."))
(let $rows (list))
(each $key (json.keys $entries)
  (array.push $rows (object "name" (string.slice $key 6) "count" (f64 (at $entries $key)))))
(let $lines (list))
(each $row (array.sort $rows "count" true)
  (array.push $lines (format "- {}: {}" (at $row "name") (at $row "count"))))
(string.join $lines "\n")

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
;;|
;;| [[example]]
;;| args = []
;;| result = """
;;|- Coffees: 10
;;|- Bugs: 7"""
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| value = '{"tally/Bugs":"7","tally/Coffees":"8","tally/coffees":"2"}'

(let $entries (kv_channel.entries "tally/"))
(if (= (len $entries) 0) (resv "There is no tally in this channel."))
(let $rows (list))
(let $places (object))
;; Coffees and coffees are one tally.
(each $key (json.keys $entries)
  (let $name (string.slice $key 6))
  (let $letters (string.lower $name))
  (let $place (i32 (default (at $places $letters) -1)))
  (let $count (f64 (at $entries $key)))
  (if (= $place -1)
    (then
      (put $places $letters (len $rows))
      (array.push $rows (object "name" $name "count" $count)))
    (else
      (let $row (at $rows $place))
      (put $row "count" (+ $count (f64 (at $row "count")))))))
(let $lines (list))
(each $row (array.sort $rows "count" true)
  (array.push $lines (format "- {}: {}" (at $row "name") (number.round (f64 (at $row "count")) 10))))
(string.join $lines "\n")

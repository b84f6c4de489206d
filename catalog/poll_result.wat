;;| name = "poll_result"
;;| description = "The votes in the channel's poll so far, most first."
;;| signature = "() -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "how is the poll going?"
;;| args = []
;;| result = """
;;|**Where do we eat?** Votes: 3
;;|- Ramen: 2
;;|- Pizza: 1
;;|- Tacos: 0"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| args = ["poll/open"]
;;| value = '{"question":"Where do we eat?","options":["Pizza","Ramen","Tacos"]}'
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["poll/vote/"]
;;| value = '{"poll/vote/U1":"Ramen","poll/vote/U2":"Pizza","poll/vote/U3":"Ramen"}'
;;|
;;| [[example]]
;;| says = "show the result of the poll"
;;| args = []
;;| result = "There is no poll in this channel."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = "nothing is stored under \"poll/open\""
;;|
;;| [[example]]
;;| says = "poll results"
;;| args = []
;;| result = "There is no poll in this channel."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = "nothing is stored under \"poll/open\""

(let $poll (catch $err (kv_channel.get_json "poll/open")))
(if (= $err ENOENT) (resv "There is no poll in this channel."))
(check $err)
(let $votes (json.values (kv_channel.entries "poll/vote/")))
(let $rows (list))
(each $name (at $poll "options")
  (array.push $rows (object "name" $name "votes" (len (array.where $votes "" $name)))))
(let $text (format "**{}** Votes: {}" (at $poll "question") (len $votes)))
(each $row (array.sort $rows "votes" true)
  (let $text (format "{$text}\n- {}: {}" (at $row "name") (at $row "votes"))))
$text

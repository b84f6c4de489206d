;;| name = "poll_close"
;;| description = "Closes the channel's poll and gives its result."
;;| signature = "() -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "close the poll"
;;| args = []
;;| result = """
;;|**Where do we eat?** Votes: 2
;;|- Ramen: 2
;;|- Pizza: 0"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| args = ["poll/open"]
;;| value = '{"question":"Where do we eat?","options":["Pizza","Ramen"]}'
;;| [[example.host]]
;;| call = "kv_channel.delete"
;;| args = ["poll/open"]
;;| [[example.host]]
;;| call = "kv_channel.take"
;;| args = ["poll/vote/"]
;;| value = '{"poll/vote/U1":"Ramen","poll/vote/U2":"Ramen"}'
;;|
;;| [[example]]
;;| says = "end our vote"
;;| args = []
;;| result = "There is no poll in this channel."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = 'nothing is stored under "poll/open"'

(let $poll (catch $err (kv_channel.get_json "poll/open")))
(if (= $err ENOENT) (resv "There is no poll in this channel."))
(check $err)
(kv_channel.delete "poll/open")
(let $votes (json.values (kv_channel.take "poll/vote/")))
(let $rows (list))
(each $name (at $poll "options")
  (array.push $rows (object "name" $name "votes" (len (array.where $votes "" $name)))))
(let $text (format "**{}** Votes: {}" (at $poll "question") (len $votes)))
(each $row (array.sort $rows "votes" true)
  (let $text (format "{$text}\n- {}: {}" (at $row "name") (at $row "votes"))))
$text

;;| name = "poll_vote"
;;| description = "Votes in the channel's poll by name or number; a later vote replaces it."
;;| signature = "(option: string) -> string"
;;| grants = ["kv_channel", "chat"]
;;|
;;| [[example]]
;;| says = "I vote for ramen"
;;| args = ["ramen"]
;;| result = "Ada votes for Ramen."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| args = ["poll/open"]
;;| value = '{"question":"Where do we eat?","options":["Pizza","Ramen"]}'
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U1","name":"Ada"}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["poll/vote/U1", "Ramen"]
;;|
;;| [[example]]
;;| says = "my vote is 1"
;;| args = ["1"]
;;| result = "Jürgen votes for Köln."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| value = '{"question":"Offsite","options":["Köln","Malmö"]}'
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U2","name":"Jürgen"}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["poll/vote/U2", "Köln"]
;;|
;;| [[example]]
;;| says = "vote 1"
;;| args = ["1"]
;;| result = "Jürgen votes for Köln."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| value = '{"question":"Offsite","options":["Köln","Malmö"]}'
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U2","name":"Jürgen"}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["poll/vote/U2", "Köln"]
;;|
;;| [[example]]
;;| args = ["Sushi"]
;;| result = "Sushi is not one of: Pizza, Ramen."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| value = '{"question":"Where do we eat?","options":["Pizza","Ramen"]}'
;;|
;;| [[example]]
;;| args = ["Pizza"]
;;| result = "There is no poll in this channel."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = "nothing is stored under \"poll/open\""
;;|
;;| [[example]]
;;| args = [""]
;;| result = "Name an option of the poll, or its number."
;;|
;;| [[example]]
;;| args = ["#2."]
;;| result = "Ada votes for Malmö."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| value = '{"question":"Offsite","options":["Köln","Malmö"]}'
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U1","name":"Ada"}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["poll/vote/U1", "Malmö"]
;;|
;;| [[example]]
;;| args = ["1"]
;;| result = "Ada votes for 1."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| value = '{"question":"How many?","options":["3","2","1"]}'
;;| [[example.host]]
;;| call = "chat.user"
;;| value = '{"id":"U1","name":"Ada"}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["poll/vote/U1", "1"]

(if (= (string.trim $option) "") (resv "Name an option of the poll, or its number."))
(let $poll (catch $err (kv_channel.get_json "poll/open")))
(if (= $err ENOENT) (resv "There is no poll in this channel."))
(check $err)
(let $options (at $poll "options"))
(let $wanted (string.lower (string.trim $option)))
(let $number (regex.replace $wanted "^#\\s*|[.)]$" ""))
(let $place (array.index_of (array.map $options "lower") $wanted))
;; An option may be a number itself, and by its name it is meant first.
(if (< $place 0)
  (each $name $i $options
    (if (= (text (+ $i 1)) $number) (let $place $i))))
(if (< $place 0) (resv (format "{$option} is not one of: {}." (string.join $options ", "))))
(let $choice (text (at $options $place)))
(let $user (chat.user))
(kv_channel.set (format "poll/vote/{}" (at $user "id")) $choice)
(format "{} votes for {$choice}." (at $user "name"))

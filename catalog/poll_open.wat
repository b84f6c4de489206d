;;| name = "poll_open"
;;| description = "Opens a poll in the channel; commas separate the options."
;;| signature = "(question: string, options: string) -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "open a poll: Where do we eat? with the options Pizza, Ramen"
;;| args = ["Where do we eat?", "Pizza, Ramen"]
;;| result = """
;;|**Where do we eat?**
;;|1. Pizza
;;|2. Ramen"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| args = ["poll/open"]
;;| status = "ENOENT"
;;| message = 'nothing is stored under "poll/open"'
;;| [[example.host]]
;;| call = "kv_channel.take"
;;| args = ["poll/vote/"]
;;| value = '{}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;| args = ["poll/open", '{"question":"Where do we eat?","options":["Pizza","Ramen"]}']
;;|
;;| [[example]]
;;| says = "let us vote on Offsite: Köln, Zürich , Köln"
;;| args = ["Offsite", "Köln, Zürich , Köln"]
;;| result = """
;;|**Offsite**
;;|1. Köln
;;|2. Zürich"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = 'nothing is stored under "poll/open"'
;;| [[example.host]]
;;| call = "kv_channel.take"
;;| args = ["poll/vote/"]
;;| value = '{}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;|
;;| [[example]]
;;| args = ["Who drives?", "Ada, Grace"]
;;| result = "The poll **Where do we eat?** is open; close it first."
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| value = '{"question":"Where do we eat?","options":["Pizza","Ramen"]}'
;;|
;;| [[example]]
;;| args = ["Agreed?", "yes"]
;;| result = "A poll needs two options or more, with commas between."
;;|
;;| [[example]]
;;| args = [" ", "Pizza, Ramen"]
;;| result = "A poll needs a question."
;;|
;;| [[example]]
;;| args = ["Lunch?", "Döner, Pizza or Sushi"]
;;| result = """
;;|**Lunch?**
;;|1. Döner
;;|2. Pizza
;;|3. Sushi"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = 'nothing is stored under "poll/open"'
;;| [[example.host]]
;;| call = "kv_channel.take"
;;| value = '{}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;|
;;| [[example]]
;;| args = ["Lunch?", "Döner; Pizza"]
;;| result = """
;;|**Lunch?**
;;|1. Döner
;;|2. Pizza"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = 'nothing is stored under "poll/open"'
;;| [[example.host]]
;;| call = "kv_channel.take"
;;| value = '{}'
;;| [[example.host]]
;;| call = "kv_channel.set"
;;|
;;| [[example]]
;;| args = ["Lunch?", "Pizza, pizza"]
;;| result = "Two options of the poll have the same name."
;;|
;;| [[example]]
;;| args = ["Lunch?", "Pizza or Sushi"]
;;| result = """
;;|**Lunch?**
;;|1. Pizza
;;|2. Sushi"""
;;| [[example.host]]
;;| call = "kv_channel.get_json"
;;| status = "ENOENT"
;;| message = 'nothing is stored under "poll/open"'
;;| [[example.host]]
;;| call = "kv_channel.take"
;;| value = '{}'
;;| [[example.host]]
;;| call = "kv_channel.set"

(if (= (string.trim $question) "") (resv "A poll needs a question."))
;; Two options may have a word between them, and the last of a list one before it: "A or B", "A, B and C".
(if (not (regex.test $options "[,;\\n]")) (let $options (regex.replace $options "(?i)\\s+(?:or|oder|vs\\.?|/)\\s+" ", ")))
(let $options (regex.replace $options "(?i)(,[^\\n]*?\\S),?\\s+(?:and|or|und|oder|&)\\s+([^,\\n]*)$" "$1, $2"))
(let $names (array.unique (array.map (regex.find_all $options "[^,;\\n]*[^,;\\s][^,;\\n]*") "trim")))
(if (< (len $names) 2) (resv "A poll needs two options or more, with commas between."))
;; A vote names its option in any case.
(if (< (len (array.unique (array.map $names "lower"))) (len $names)) (resv "Two options of the poll have the same name."))
(let $open (catch $err (kv_channel.get_json "poll/open")))
(if (= $err SUCCESS) (resv (format "The poll **{}** is open; close it first." (at $open "question"))))
;; A vote can come in while a poll is closed, and belongs to no other.
(drop (kv_channel.take "poll/vote/"))
(kv_channel.set "poll/open" (json.stringify (object "question" $question "options" $names)))
(let $text (format "**{$question}**"))
(each $name $i $names (let $text (format "{$text}\n{}. {$name}" (+ $i 1))))
$text

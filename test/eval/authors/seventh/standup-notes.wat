(let $keys (array.sort (kv.list "standup:")))
(if (= (len $keys) 0) (resv "No notes."))
(let $out (list))
(each $k $keys
  (let $key (text $k))
  (array.push $out (format "- **{}**: {}" (string.slice $key 8) (kv.get $key))))
(each $k $keys (kv.delete (text $k)))
(string.join $out "\n")

(let $keys (array.sort (kv.list "standup:")))
(let $rows (list))
(each $key $keys
  (array.push $rows (format "- **{}**: {}" (string.slice $key 8) (kv.get $key))))
(each $key $keys
  (kv.delete $key))
(if (= (len $rows) 0) "No notes." (string.join $rows "\n"))

(let $note (default ENOENT (kv.get $key) "\u{1}absent\u{1}"))
(if (= $note "\u{1}absent\u{1}") (resv "no such note"))
(kv_channel.set $key $note)
(kv.delete $key)
$note

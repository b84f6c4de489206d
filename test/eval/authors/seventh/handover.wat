(let $note (default ENOENT (kv.get $key) "\u{1}none"))
(if (= $note "\u{1}none") (resv "no such note"))
(kv_channel.set $key $note)
(kv.delete $key)
$note

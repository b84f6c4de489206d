(let $key (format "visits:{$page}"))
(let $count (+ 1 (default ENOENT (i32 (kv.get $key)) 0)))
(kv.set $key $count)
$count

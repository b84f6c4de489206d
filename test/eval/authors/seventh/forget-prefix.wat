(let $keys (kv.list $prefix))
(each $key $keys (kv.delete (text $key)))
(len $keys)

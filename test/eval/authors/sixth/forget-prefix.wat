(let $keys (kv.list $prefix))
(each $key $keys
  (kv.delete $key))
(len $keys)

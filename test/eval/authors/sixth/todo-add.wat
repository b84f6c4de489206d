(let $items (default ENOENT (kv.get_json "todo") (list)))
(if (not (array.contains $items $item))
  (then
    (array.push $items $item)
    (kv.set "todo" (json.stringify $items))))
(let $n (len $items))
(if (= $n 1) "1 item" (format "{$n} items"))

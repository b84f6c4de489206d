(let $todo (default ENOENT (kv.get_json "todo") (list)))
(if (not (array.contains $todo $item))
  (then
    (array.push $todo $item)
    (kv.set "todo" (json.stringify $todo))))
(let $n (len $todo))
(if (= $n 1) (resv "1 item"))
(format "{$n} items")

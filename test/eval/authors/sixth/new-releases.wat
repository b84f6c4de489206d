(let $releases (http.get_json $url))
(let $last (default ENOENT (kv.get "last_release") ""))
(let $rows (list))
(each $release $releases
  (if (= (text (at $release "tag")) $last) (break))
  (array.push $rows (format "{}: {}" (at $release "tag") (at $release "title"))))
(if (> (len $releases) 0)
  (then (kv.set "last_release" (text (at (at $releases 0) "tag")))))
(if (= (len $rows) 0) "nothing new" (string.join $rows "\n"))

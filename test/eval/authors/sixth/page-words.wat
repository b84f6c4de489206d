(let $count 0)
(each $word (regex.split (html.to_text (http.get $url)) """\s+""")
  (if (!= (text $word) "")
    (then (let $count (+ $count 1)))))
$count

(let $best "")
(each $item (regex.split $text """\s+""")
  (let $word (text $item))
  (if (> (len $word) (len $best))
    (then (let $best $word))))
$best

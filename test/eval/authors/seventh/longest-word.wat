(let $best "")
(each $w (string.words $text)
  (let $word (text $w))
  (if (> (len $word) (len $best)) (then (let $best $word))))
$best

(let $out "")
(each $part (string.split $name " ")
  (let $word (text $part))
  (if (!= $word "")
    (then (let $out (format "{$out}{}." (string.upper (string.char_at $word 0)))))))
$out

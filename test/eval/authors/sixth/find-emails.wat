(let $out (list))
(each $match (regex.find_all $text """[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+""")
  (let $address (string.lower (text $match)))
  (if (not (array.contains $out $address))
    (then (array.push $out $address))))
$out

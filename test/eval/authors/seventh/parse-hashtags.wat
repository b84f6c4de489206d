(let $out (list))
(each $tag (regex.find_all $text "#[A-Za-z0-9_]+")
  (array.push $out (string.slice (text $tag) 1)))
(string.join $out " ")

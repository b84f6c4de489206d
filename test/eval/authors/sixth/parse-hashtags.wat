(let $tags (list))
(each $match (regex.find_all $text "#[a-zA-Z0-9_]+")
  (array.push $tags (string.slice (text $match) 1)))
(string.join $tags " ")

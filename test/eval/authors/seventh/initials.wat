(let $out (list))
(each $word (string.words $name)
  (array.push $out (format "{}." (string.upper (string.slice (text $word) 0 1)))))
(string.join $out "")

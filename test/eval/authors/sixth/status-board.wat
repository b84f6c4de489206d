(let $rows (list))
(each $url $urls
  (array.push $rows (format "{} {}" (default (text (http.status $url)) "down") $url)))
(string.join $rows "\n")

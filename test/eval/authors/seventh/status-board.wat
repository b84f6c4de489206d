(let $out (list))
(each $u $urls
  (let $url (text $u))
  (let $status (default (text (http.status $url)) "down"))
  (array.push $out (format "{$status} {$url}")))
(string.join $out "\n")

(let $out (list))
(each $link (html.links (http.get $url))
  (let $href "")
  (if (= (json.type $link) "object")
    (then (let $href (default (text (at $link "href")) (text (at $link "url")))))
    (else (let $href (text $link))))
  (if (and (string.starts_with $href "https://") (not (array.contains $out $href)))
    (then (array.push $out $href))))
$out

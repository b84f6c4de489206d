(let $doc (http.get_json $url))
(if (not (json.has $doc $path)) (fail ENOENT))
(let $part (value (json.get $doc $path)))
(if (= (json.type $part) "string") (text $part) (json.stringify $part))

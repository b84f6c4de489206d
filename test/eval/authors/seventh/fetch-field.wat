(let $part (json.get (http.get_json $url) $path))
(if (= (json.type $part) "string") (resv (text $part)))
(json.stringify $part)

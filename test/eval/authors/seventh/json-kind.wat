(let $kind (default (json.type (json.parse $text)) "none"))
(if (= $kind "none") (resv "not JSON"))
(if (= $kind "object") (resv (format "object of {}" (len (json.keys (json.parse $text))))))
(if (= $kind "array") (resv (format "array of {}" (len (json.parse $text)))))
(if (= $kind "bool") (resv "boolean"))
$kind

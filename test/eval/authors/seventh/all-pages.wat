(let $names (list))
(let $next $url)
(while (!= $next "")
  (let $page (http.get_json $next))
  (each $name (at $page "names") (array.push $names $name))
  (if (= (default (json.type $page "next") "null") "string")
    (then (let $next (text (at $page "next"))))
    (else (let $next ""))))
$names

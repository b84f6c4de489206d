;;| name = "json_query"
;;| description = "Gives the parts of a JSON text at a path: items.*.name or items.status=open.id."
;;| signature = "(json: string, path: string) -> string"
;;|
;;| [[example]]
;;| says = 'get user.name from the JSON {"user": {"name": "Zoë"}}'
;;| args = ['{"user": {"name": "Zoë"}}', "user.name"]
;;| result = "Zoë"
;;|
;;| [[example]]
;;| says = 'in the JSON {"jobs": [{"id": 1, "at": "x"}, {"id": 2}]}, what is jobs.*.id?'
;;| args = ['{"jobs": [{"id": 1, "at": "x"}, {"id": 2}]}', "jobs.*.id"]
;;| result = """
;;|1
;;|2"""
;;|
;;| [[example]]
;;| says = 'find state=open.title in the JSON [{"state": "open", "title": "A"}, {"state": "done", "title": "B"}, {"state": "open"}]'
;;| args = ['[{"state": "open", "title": "A"}, {"state": "done", "title": "B"}, {"state": "open"}]', "state=open.title"]
;;| result = "A"
;;|
;;| [[example]]
;;| says = 'json query nope of {"a": 1}'
;;| args = ['{"a": 1}', "nope"]
;;| result = "There is nothing at nope."
;;|
;;| [[example]]
;;| args = ['{"a": [{"b": 1}, {"b": 2}]}', '$.a[*].b']
;;| result = """
;;|1
;;|2"""
;;|
;;| [[example]]
;;| args = ['{"a": [{"b c": 1}]}', 'a[0]["b c"]']
;;| result = "1"
;;|
;;| [[example]]
;;| args = ['{"a": {"b": [1, 2]}}', "/a/b/1"]
;;| result = "2"
;;|
;;| [[example]]
;;| args = ['{"name": 9}', "$..name"]
;;| result = "I do not look at every depth: write the whole path, such as items.*.name."

;; As JSONPath writes it, $.a[0].b is a.0.b. A part of the path is a name or an index, * for every item or member, or name=value for the items that have it.
(let $path (regex.replace (regex.replace $path "^\\$" "") "\\[['\"]?([^\\]'\"]*)['\"]?\\]" ".$1"))
(if (string.contains $path "..") (resv "I do not look at every depth: write the whole path, such as items.*.name."))
;; A JSON pointer, /a/0/b, is the same path.
(if (string.starts_with $path "/") (let $path (string.replace $path "/" ".")))
(let $found (list (json.parse $json)))
(each $step (regex.find_all $path "[^.]+")
  (let $next (list))
  (let $equals (string.find $step "="))
  (each $part $found
    (let $items (list))
    (if (= $step "*")
      (let $items (if (= (json.type $part) "array") $part (default (json.values $part) (list))))
      (if (> $equals 0)
        (let $items
          (default
            (array.where $part (string.slice $step 0 $equals) (string.slice $step (+ $equals 1)))
            (list)))
        (if (json.has $part $step) (array.push $items (at $part $step)))))
    (let $next (array.concat $next $items)))
  (let $found $next))
(if (= (len $found) 0) (format "There is nothing at {$path}.") (string.join $found "\n"))

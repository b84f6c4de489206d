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
;;|
;;| [[example]]
;;| args = ['{"a.b": 1, "a": {"b": 2}}', '$["a.b"]']
;;| result = "1"
;;|
;;| [[example]]
;;| args = ['{"items": [{"v": "1.2", "n": 5}, {"v": 1, "n": 6}]}', "items.v=1.2.n"]
;;| result = "5"
;;|
;;| [[example]]
;;| args = ['{"a": [1, 2, 3]}', "a[-1]"]
;;| result = "3"
;;|
;;| [[example]]
;;| args = ['{"a": [1, 2, 3]}', "a[0:2]"]
;;| result = "Of items I take one by its index, all by *, or those with name=value, such as items.status=open.id."
;;|
;;| [[example]]
;;| args = ['{"items": [{"p": 10}, {"p": 20}]}', ".items[].p"]
;;| result = """
;;|10
;;|20"""
;;|
;;| [[example]]
;;| args = ['{"items": [{"p": 10}, {"p": 20}]}', "items.p>15"]
;;| result = "Of items I take one by its index, all by *, or those with name=value, such as items.status=open.id."

;; A part of the path is a name or an index, * for every item or member, or name=value for the items that have it; as JSONPath writes it, too: $.a[0]["b c"].
(if (string.contains $path "..") (resv "I do not look at every depth: write the whole path, such as items.*.name."))
(if (regex.test $path "\\[\\s*(?:\\?|-?\\d*\\s*[:,])|[<>!|]")
  (resv "Of items I take one by its index, all by *, or those with name=value, such as items.status=open.id."))
;; A JSON pointer, /a/0/b, is the same path.
(let $dotted (if (string.starts_with $path "/") (string.replace $path "/" ".") $path))
(let $dotted (string.replace $dotted "[]" "[*]"))
(let $found (list (json.parse $json)))
;; Of the groups, one holds the step: a quoted name, what else stands in brackets, name=1.5, or what stands between points.
(each $match (regex.find_all (regex.replace $dotted "^\\$" "") "\\[\\s*(?:'([^']*)'|\"([^\"]*)\"|([^\\]]*?))\\s*\\]|([^.\\[=]+=-?\\d+\\.\\d+|[^.\\[]+)")
  (let $name (if (= (at $match 1) null) (at $match 2) (at $match 1)))
  (let $step (text (if (!= $name null) $name (if (= (at $match 3) null) (at $match 4) (at $match 3)))))
  (let $next (list))
  (let $equals (if (= $name null) (string.find $step "=") -1))
  (each $part $found
    (let $items (list))
    (if (and (= $name null) (= $step "*"))
      (let $items (if (= (json.type $part) "array") $part (default (json.values $part) (list))))
      (if (> $equals 0)
        (let $items
          (default
            (array.where $part (string.slice $step 0 $equals) (string.slice $step (+ $equals 1)))
            (list)))
        (else
          (let $item (catch $err (if (regex.test $step "^-\\d+$") (at $part (i32 $step)) (at $part $step))))
          (if (= $err SUCCESS) (array.push $items $item)))))
    (each $item $items (array.push $next $item)))
  (let $found $next))
(if (= (len $found) 0) (format "There is nothing at {$path}.") (string.join $found "\n"))

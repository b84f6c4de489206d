;;| name = "summarise_json"
;;| description = "Fetches JSON and outlines its shape: members, types, lengths and samples."
;;| signature = "(url: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "what does the JSON at https://api.example.com/orders look like?"
;;| args = ["https://api.example.com/orders"]
;;| result = """
;;|- object of 3
;;|  - `total`: number 2
;;|  - `next`: null
;;|  - `orders`: array of 2
;;|    - first: object of 2
;;|      - `who`: string "Zoë"
;;|      - `tags`: array of 0"""
;;| [[example.host]]
;;| call = "http.get_json"
;;| args = ["https://api.example.com/orders"]
;;| value = '{"total": 2, "next": null, "orders": [{"who": "Zoë", "tags": []}, {"who": "Al", "tags": ["new"]}]}'
;;|
;;| [[example]]
;;| says = "summarise the json from https://api.example.com/motd"
;;| args = ["https://api.example.com/motd"]
;;| result = "- string \"Welcome back\""
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '"Welcome back"'
;;|
;;| [[example]]
;;| says = "outline https://api.example.com/paths"
;;| args = ["https://api.example.com/paths"]
;;| result = """
;;|- object of 2
;;|  - `/v1/users`: boolean true
;;|  - `a.b~c`: string "a text that is too long to be shown whol…"""
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"/v1/users": true, "a.b~c": "a text that is too long to be shown whole in an outline"}'

;; Of an array only the first item is looked into: the others are mostly of the same shape.
(let $document (http.get_json $url))
(let $lines (list))
(let $todo (list (object "pointer" "" "indent" "- " "label" "")))
(while (and (> (len $todo) 0) (< (len $lines) 80))
  (let $item (array.pop $todo))
  (let $part (json.get $document (at $item "pointer")))
  (let $type (json.type $part))
  (let $isArray (= $type "array"))
  (let $names (if (and $isArray (> (len $part) 0)) (list 0) (list)))
  (if (= $type "object") (let $names (json.keys $part)))
  (each $name (array.reverse (array.slice $names 0 80))
    (let $key (string.replace (string.replace $name "~" "~0") "/" "~1"))
    (array.push $todo
      (object
        "pointer" (format "{}/{$key}" (at $item "pointer"))
        "indent" (+ "  " (at $item "indent"))
        "label" (if $isArray "first: " (format "`{$name}`: ")))))
  (let $detail
    (if (or $isArray (= $type "object"))
      (format " of {}" (len $part))
      (+ " " (string.truncate (json.stringify $part) 42))))
  (array.push $lines
    (format "{}{}{$type}{}" (at $item "indent") (at $item "label") (if (= $type "null") "" $detail))))
(if (> (len $todo) 0) (array.push $lines "- … and more"))
(string.join $lines "\n")

;;| name = "json_field"
;;| description = "Fetches JSON by GET and gives the part at a path such as items.0.name."
;;| signature = "(url: string, path: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "fetch https://api.example.com/releases/latest and show tag_name"
;;| args = ["https://api.example.com/releases/latest", "tag_name"]
;;| result = "v2.4.0"
;;| [[example.host]]
;;| call = "http.get_json"
;;| args = ["https://api.example.com/releases/latest"]
;;| value = '{"tag_name": "v2.4.0", "draft": false}'
;;|
;;| [[example]]
;;| says = "read rates.EUR from https://rates.example.com/usd.json"
;;| args = ["https://rates.example.com/usd.json", "rates.EUR"]
;;| result = "0.92"
;;| [[example.host]]
;;| call = "http.get_json"
;;| args = ["https://rates.example.com/usd.json"]
;;| value = '{"base": "USD", "rates": {"EUR": 0.92, "GBP": 0.79}}'
;;|
;;| [[example]]
;;| says = "get stars from https://api.example.com/repository"
;;| args = ["https://api.example.com/repository", "stars"]
;;| result = "1280"
;;| [[example.host]]
;;| call = "http.get_json"
;;| args = ["https://api.example.com/repository"]
;;| value = '{"stars": 1280}'
;;|
;;| [[example]]
;;| says = "what is people.1 in https://api.example.com/on-call?"
;;| args = ["https://api.example.com/on-call", "people.1"]
;;| result = '{"name":"Grace","until":"Friday"}'
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"people": [{"name": "Ada"}, {"name": "Grace", "until": "Friday"}]}'
;;|
;;| [[example]]
;;| args = ["https://api.example.com/items", "$.items[1].price"]
;;| result = "3.5"
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"items": [{"price": 2}, {"price": 3.5}]}'
;;|
;;| [[example]]
;;| args = ["https://api.example.com/items", "items[0].name"]
;;| result = "There is nothing at items.0.name."
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"items": []}'
;;|
;;| [[example]]
;;| args = ["https://api.example.com/x", "$..name"]
;;| result = "I do not look at every depth: write the whole path, such as items.0.name."

(if (string.contains $path "..") (resv "I do not look at every depth: write the whole path, such as items.0.name."))
;; As JSONPath writes it, $.a[0].b is a.0.b.
(let $path (regex.replace (regex.replace $path "^\\$\\.?" "") "\\.?\\[['\"]?([^\\]'\"]*)['\"]?\\]" ".$1"))
(let $part (catch $err (text (json.get (http.get_json $url) (regex.replace $path "^\\." "")))))
(if (= $err ENOENT) (resv (format "There is nothing at {$path}.")))
(check $err)
$part

(let $body (http.get $url))
(let $doc (default (json.parse $body) null))
(default
  (format "{}: {:.1} °C, {}" (text (at $doc "city")) (f64 (at $doc "now.temp")) (text (at $doc "now.sky")))
  "no weather")

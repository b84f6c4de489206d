(let $body (http.get $url))
(default
  (format "{}: {:.1} °C, {}"
    (at (json.parse $body) "city")
    (f64 (at (json.parse $body) "now.temp"))
    (at (json.parse $body) "now.sky"))
  "no weather")

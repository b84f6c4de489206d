(let $data (http.get_json $url))
(let $rate (default ENOENT (f64 (at (at $data "rates") $to)) -1.0))
(if (< $rate 0.0) (resv (format "no rate for {$to}")))
(format "{:.2} {} = {:.2} {}" $amount (at $data "base") (* $amount $rate) $to)

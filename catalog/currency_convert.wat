;;| name = "currency_convert"
;;| description = 'Converts money by rates fetched as {"base": "USD", "rates": {"EUR": 0.92}}.'
;;| signature = "(amount: f64, from: string, to: string, rates_url: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "convert 50 USD to EUR with the rates of https://rates.example.com/latest"
;;| args = [50, "USD", "EUR", "https://rates.example.com/latest"]
;;| result = "50.00 USD = 46.00 EUR"
;;| [[example.host]]
;;| call = "http.get_json"
;;| args = ["https://rates.example.com/latest"]
;;| value = '{"base": "USD", "date": "2026-11-20", "rates": {"EUR": 0.92, "GBP": 0.8}}'
;;|
;;| [[example]]
;;| says = "how much is 1250.5 gbp in eur by https://rates.example.com/latest?"
;;| args = [1250.5, "gbp", "eur", "https://rates.example.com/latest"]
;;| result = "1,250.50 GBP = 1,438.08 EUR"
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"base_code": "USD", "rates": {"EUR": 0.92, "GBP": 0.8}}'
;;|
;;| [[example]]
;;| args = [50, "EUR", "USD", "https://rates.example.com/latest"]
;;| result = "The rates cannot be right: 0 for EUR, 1 for USD."
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"base": "USD", "rates": {"EUR": 0}}'
;;|
;;| [[example]]
;;| args = [nan, "EUR", "USD", "https://rates.example.com/latest"]
;;| result = "The amount is 1,000,000,000,000,000 at most."
;;|
;;| [[example]]
;;| args = [1, "IDR", "EUR", "https://rates.example.com/latest"]
;;| result = "1.00 IDR = 0.00005625 EUR"
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"rates": {"EUR": 0.9, "IDR": 16000}}'
;;|
;;| [[example]]
;;| args = [1, "USD", "EUR", "https://rates.example.com/latest"]
;;| result = "There are no rates at that address."
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"result": "error"}'
;;|
;;| [[example]]
;;| args = [1, "USD", "XYZ", "https://rates.example.com/latest"]
;;| result = "There is no rate for USD or XYZ."
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"base": "USD", "rates": {"EUR": 0.92}}'
;;|
;;| [[example]]
;;| args = [1, "", "EUR", "https://rates.example.com/latest"]
;;| result = "Name both currencies, such as USD and EUR."
;;|
;;| [[example]]
;;| args = [100, "€", "$", "https://rates.example.com/latest"]
;;| result = "100.00 EUR = 110.00 USD"
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"amount": 10, "base": "EUR", "rates": {"USD": 11}}' 

;; A comparison with NaN is false.
(if (not (<= (abs $amount) 1e15)) (resv "The amount is 1,000,000,000,000,000 at most."))
(let $signs (object "€" "EUR" "$" "USD" "£" "GBP" "¥" "JPY" "₹" "INR"))
(let $from (string.upper (string.trim $from)))
(let $to (string.upper (string.trim $to)))
(let $from (default (text (at $signs $from)) $from))
(let $to (default (text (at $signs $to)) $to))
(if (or (= $from "") (= $to "")) (resv "Name both currencies, such as USD and EUR."))
(let $answer (http.get_json $rates_url))
(let $rates (default (at $answer "rates") (at $answer "conversion_rates") null))
(if (!= (json.type $rates) "object") (resv "There are no rates at that address."))
;; The base itself is often not among its rates.
(let $base (default (text (at $answer "base")) (text (at $answer "base_code")) ""))
;; The rates are for so much of it.
(if (!= $base "") (put $rates $base (default (f64 (at $answer "amount")) 1.0)))
(let $target (catch $err (f64 (at $rates $to))))
(let $source (catch $also (f64 (at $rates $from))))
(if (or (= $err ENOENT) (= $also ENOENT)) (resv (format "There is no rate for {$from} or {$to}.")))
(check $err)
(check $also)
(if (not (and (> $target 0) (> $source 0)))
  (resv (format "The rates cannot be right: {$source} for {$from}, {$target} for {$to}.")))
(let $result (/ (* $amount $target) $source))
(if (not (<= (abs $result) 1e300)) (resv "The result is beyond all numbers."))
;; Two digits are enough for all but what is very small.
(format "{} {$from} = {} {$to}"
  (if (< (abs $amount) 0.1) (number.format (number.round $amount 10)) (number.format $amount 2))
  (if (< (abs $result) 0.1) (number.format (number.round $result 10)) (number.format $result 2)))

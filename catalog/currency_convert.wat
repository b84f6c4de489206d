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
;;| args = [1, "USD", "XYZ", "https://rates.example.com/latest"]
;;| result = "There is no rate for USD or XYZ."
;;| [[example.host]]
;;| call = "http.get_json"
;;| value = '{"base": "USD", "rates": {"EUR": 0.92}}'

(let $from (string.upper $from))
(let $to (string.upper $to))
(let $answer (http.get_json $rates_url))
(let $rates (at $answer "rates"))
;; The base itself is often not among its rates.
(put $rates (default (text (at $answer "base")) (text (at $answer "base_code"))) 1)
(let $result
  (catch $err (/ (* $amount (f64 (at $rates $to))) (f64 (at $rates $from)))))
(if (= $err ENOENT) (resv (format "There is no rate for {$from} or {$to}.")))
(check $err)
(format "{} {$from} = {} {$to}" (number.format $amount 2) (number.format $result 2))

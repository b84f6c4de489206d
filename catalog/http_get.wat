;;| name = "http_get"
;;| description = "Fetches a web page or an API's answer by GET and gives its text as it came."
;;| signature = "(url: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "fetch https://example.com/"
;;| args = ["https://example.com/"]
;;| result = "<!doctype html><title>Example Domain</title>"
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/"]
;;| value = "<!doctype html><title>Example Domain</title>"
;;|
;;| [[example]]
;;| says = "what does https://status.example.com/health say?"
;;| args = ["https://status.example.com/health"]
;;| result = "ok"
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://status.example.com/health"]
;;| value = "ok"
;;|
;;| [[example]]
;;| says = "get https://example.com/robots.txt"
;;| args = ["https://example.com/robots.txt"]
;;| result = ""
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/robots.txt"]
;;| value = ""

(http.get $url)

;;| name = "compare_pages"
;;| description = "Says whether two web pages read the same, or shows how their lines differ."
;;| signature = "(one: string, other: string) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "compare https://example.com/v1 with https://example.com/v2"
;;| args = ["https://example.com/v1", "https://example.com/v2"]
;;| result = """
;;|@@ -1,3 +1,3 @@
;;| Prices
;;| 
;;|-Crêpe 4 €
;;|+Crêpe 5 €
;;|"""
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/v1"]
;;| value = "<h1>Prices</h1><p>Crêpe 4 €</p>"
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/v2"]
;;| value = "<h1>Prices</h1><p>Crêpe 5 €</p>"
;;|
;;| [[example]]
;;| says = "is https://a.example.com/ the same as https://b.example.com/?"
;;| args = ["https://a.example.com/", "https://b.example.com/"]
;;| result = "Both pages have the same text."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<p>Hello</p>"
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<body class=new><p>Hello</body>"
;;|
;;| [[example]]
;;| says = "what changed from https://example.com/old.txt to https://example.com/new.txt?"
;;| args = ["https://example.com/old.txt", "https://example.com/new.txt"]
;;| result = """
;;|@@ -0,0 +1 @@
;;|+first
;;|"""
;;| [[example.host]]
;;| call = "http.get"
;;| value = ""
;;| [[example.host]]
;;| call = "http.get"
;;| value = "first\n"

(let $texts (list))
(each $url (list $one $other)
  (let $body (http.get $url))
  (array.push $texts (if (regex.test $body "^\\s*<") (html.to_text $body) $body)))
(let $diff (string.diff (at $texts 0) (at $texts 1)))
(if (= $diff "") "Both pages have the same text." $diff)

;;| name = "fetch_table"
;;| description = "Gives a table of a web page, by its number from 1, as a Markdown table."
;;| signature = "(url: string, number: i32) -> string"
;;| grants = ["http"]
;;|
;;| [[example]]
;;| says = "show table 1 of https://example.com/rates"
;;| args = ["https://example.com/rates", 1]
;;| result = """
;;|| Currency | Rate |
;;|| -------- | ---: |
;;|| EUR      | 0.92 |
;;|| ¥        |  149 |
;;|"""
;;| [[example.host]]
;;| call = "http.get"
;;| args = ["https://example.com/rates"]
;;| value = "<table><tr><th>Currency<th>Rate</tr><tr><td>EUR<td>0.92</tr><tr><td>&yen;<td>149</tr></table>"
;;|
;;| [[example]]
;;| says = "fetch table 2 from https://wiki.example.com/teams"
;;| args = ["https://wiki.example.com/teams", 2]
;;| result = """
;;|| Team   |
;;|| ------ |
;;|| A \\| B |
;;|"""
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<table><tr><td>1</table><p>Then</p><table><tr><td>Team<tr><td>A | B</table>"
;;|
;;| [[example]]
;;| says = "table 3 on https://example.com/plain please"
;;| args = ["https://example.com/plain", 3]
;;| result = "The page has no table 3; it has 0."
;;| [[example.host]]
;;| call = "http.get"
;;| value = "<p>No table here.</p>"

(let $tables (html.tables (http.get $url)))
(if (or (< $number 1) (> $number (len $tables)))
  (format "The page has no table {$number}; it has {}." (len $tables))
  (markdown.table (at $tables (- $number 1))))

;;| name = "csv_to_table"
;;| description = "Turns CSV with a header line, by comma, semicolon, bar or tab, into Markdown."
;;| signature = "(csv: string) -> string"
;;|
;;| [[example]]
;;| args = ["name,age\n\"Ng, Ann\",31\nZoë,7\n"]
;;| result = """
;;|| name    | age |
;;|| ------- | --: |
;;|| Ng, Ann |  31 |
;;|| Zoë     |   7 |
;;|"""
;;|
;;| [[example]]
;;| says = "make a table of this CSV: fruit;price in €"
;;| args = ["fruit;price in €"]
;;| result = """
;;|| fruit | price in € |
;;|| ----- | ---------- |
;;|"""
;;|
;;| [[example]]
;;| says = "csv to table: task,owner,due"
;;| args = ["task,owner,due"]
;;| result = """
;;|| task | owner | due |
;;|| ---- | ----- | --- |
;;|"""
;;|
;;| [[example]]
;;| args = [""]
;;| result = "There are no rows."
;;|
;;| [[example]]
;;| args = ["\"a;b;c\",d\n1,2"]
;;| result = """
;;|| a;b;c |   d |
;;|| ----: | --: |
;;||     1 |   2 |
;;|"""
;;|
;;| [[example]]
;;| args = ["a|b\n1|x"]
;;| result = """
;;||   a | b   |
;;|| --: | --- |
;;||   1 | x   |
;;|"""

;; The sign that stands most often between the names of the first line, outside of quotes.
(let $head (regex.replace (default (text (at (string.lines $csv) 0)) "") "\"[^\"]*\"" ""))
(let $separator
  (if (string.contains $head "\t") "\t"
    (if (> (string.count $head ";") (string.count $head ",")) ";"
      (if (> (string.count $head "|") (string.count $head ",")) "|" ","))))
(let $rows (csv.parse $csv $separator false))
(if (= (len $rows) 0) "There are no rows." (markdown.table $rows))

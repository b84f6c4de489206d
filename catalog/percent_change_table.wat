;;| name = "percent_change_table"
;;| description = "A table of the change in percent from each \"label: number\" to the next."
;;| signature = "(data: string) -> string"
;;|
;;| [[example]]
;;| says = "changes in percent for Jan: 100, Feb: 120, Mar: 90"
;;| args = ["Jan: 100, Feb: 120, Mar: 90"]
;;| result = """
;;||     | Value | Change |
;;|| --- | ----: | ------ |
;;|| Jan |   100 |        |
;;|| Feb |   120 | +20 %  |
;;|| Mar |    90 | -25 %  |
;;|"""
;;|
;;| [[example]]
;;| says = "growth table of März: 0, Juni: 5"
;;| args = ["März: 0, Juni: 5"]
;;| result = """
;;||      | Value | Change |
;;|| ---- | ----: | ------ |
;;|| März |     0 |        |
;;|| Juni |     5 | –      |
;;|"""
;;|
;;| [[example]]
;;| args = ["Jan: 1,000, Feb: 2e3"]
;;| result = """
;;||     | Value | Change |
;;|| --- | ----: | ------ |
;;|| Jan |  1000 |        |
;;|| Feb |  2000 | +100 % |
;;|"""
;;|
;;| [[example]]
;;| args = ["100 120"]
;;| result = "Write one line for each value, such as January: 100."
;;|
;;| [[example]]
;;| args = ["Q1: 1.200,50 €, Q2: €2401"]
;;| result = """
;;||     |  Value | Change |
;;|| --- | -----: | ------ |
;;|| Q1  | 1200.5 |        |
;;|| Q2  |   2401 | +100 % |
;;|"""

;; 1.200,50 and $1,200 are numbers too.
(let $data (regex.replace $data ":\\s*[$€£]\\s*" ": "))
(let $data (regex.replace $data ":\\s*(-?\\d+)(?:\\.(\\d{3}))?,(\\d{1,2})\\b" ": $1$2.$3"))
(let $rows (regex.find_all $data "([^:,\\n]*[^:,\\s]):\\s*(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|-?\\d*\\.?\\d+(?:e[-+]?\\d+)?)" "i"))
(if (= (len $rows) 0) (resv "Write one line for each value, such as January: 100."))
(let $table (list (list "" "Value" "Change")))
(each $row $i $rows
  (let $value (f64 (string.replace (at $row 2) "," "")))
  (let $change (default (text (number.percent (- $value $before) (abs $before))) "–"))
  (if (and (> $value $before) (!= $before 0)) (let $change (format "+{$change}")))
  (if (!= $change "–") (let $change (format "{$change} %")))
  (array.push $table (list (at $row 1) $value (if (= $i 0) "" $change)))
  (let $before $value))
(markdown.table $table)

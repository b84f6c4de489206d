;;| name = "count_by"
;;| description = "Counts equal lines of a text, or cells of a CSV column, most frequent first."
;;| signature = "(text: string, column: string) -> string"
;;|
;;| [[example]]
;;| args = ["tea\ncoffee\n\ntea\nté\n", ""]
;;| result = """
;;|| line   | count | percent |
;;|| ------ | ----: | ------: |
;;|| tea    |     2 |      50 |
;;|| coffee |     1 |      25 |
;;|| té     |     1 |      25 |
;;|"""
;;|
;;| [[example]]
;;| args = ["id,team\n1,red\n2\n3,red\n", "team"]
;;| result = """
;;|| team    | count | percent |
;;|| ------- | ----: | ------: |
;;|| red     |     2 |    66.7 |
;;|| (empty) |     1 |    33.3 |
;;|"""
;;|
;;| [[example]]
;;| says = "count by owner in this CSV: task,due"
;;| args = ["task,due", "owner"]
;;| result = "There is no column owner; there are task, due."
;;|
;;| [[example]]
;;| says = "count and group id,team by team"
;;| args = ["id,team", "team"]
;;| result = "There is nothing to count."
;;|
;;| [[example]]
;;| args = ["name;team\nAda;red\nBob;red", "team"]
;;| result = """
;;|| team | count | percent |
;;|| ---- | ----: | ------: |
;;|| red  |     2 |     100 |
;;|"""
;;|
;;| [[example]]
;;| args = ["name, Team\nAda, red\nBob, red\n", "team"]
;;| result = """
;;|| Team | count | percent |
;;|| ---- | ----: | ------: |
;;|| red  |     2 |     100 |
;;|"""
;;|
;;| [[example]]
;;| args = ["Ada, Grace, Ada", ""]
;;| result = """
;;|| line  | count | percent |
;;|| ----- | ----: | ------: |
;;|| Ada   |     2 |    66.7 |
;;|| Grace |     1 |    33.3 |
;;|"""

(let $items (list))
(if (= $column "")
  (then
    ;; One line alone is a list with commas.
    (each $line (regex.split $text (if (= (len (string.lines $text)) 1) "[,;\\n]" "\\n"))
      (if (!= (string.trim $line) "") (array.push $items (string.trim $line)))))
  (else
    (let $first (default (text (at (string.lines $text) 0)) ""))
    (let $separator
      (if (string.contains $first "\t") "\t"
        (if (> (string.count $first ";") (string.count $first ",")) ";" ",")))
    (let $rows (csv.parse $text $separator false))
    (if (= (len $rows) 0) (resv "There is nothing to count."))
    (let $names (array.map (at $rows 0) "trim"))
    (let $index (array.index_of (array.map $names "lower") (string.lower (string.trim $column))))
    (if (< $index 0) (resv (format "There is no column {$column}; there are {}." (string.join $names ", "))))
    (let $column (text (at $names $index)))
    (each $row (array.slice $rows 1)
      (let $cell (string.trim (text (default (at $row $index) (value "")))))
      (array.push $items (if (= $cell "") "(empty)" $cell)))))
(if (= (len $items) 0) (resv "There is nothing to count."))
(let $counts (array.count_by $items))
(let $table (list (list (if (= $column "") "line" $column) "count" "percent")))
(each $item $counts
  (let $count (at $counts $item))
  (array.push $table (list $item $count (number.percent $count (len $items)))))
(markdown.table $table)

;;| name = "csv_column_stats"
;;| description = "Gives count, sum, mean, median, least, most and deviation of a CSV column."
;;| signature = "(csv: string, column: string) -> string"
;;|
;;| [[example]]
;;| args = ["item,price\npen,2\nbook,\"1,010.5\"\nbag,n/a\n", "price"]
;;| result = """
;;|**price**: 2 numbers (1 of 3 cells is none)
;;|
;;|- sum 1,012.5
;;|- mean 506.25, median 506.25
;;|- from 2 to 1,010.5
;;|- standard deviation 713.12"""
;;|
;;| [[example]]
;;| args = ["größe\n3", "größe"]
;;| result = """
;;|**größe**: 1 number
;;|
;;|- sum 3
;;|- mean 3, median 3
;;|- from 3 to 3"""
;;|
;;| [[example]]
;;| args = ["item;price\npen;2\nbook;1,010.5\n", "price"]
;;| result = """
;;|**price**: 2 numbers
;;|
;;|- sum 1,012.5
;;|- mean 506.25, median 506.25
;;|- from 2 to 1,010.5
;;|- standard deviation 713.12"""
;;|
;;| [[example]]
;;| says = "statistics of the column cost in a,b,c"
;;| args = ["a,b,c", "cost"]
;;| result = "There is no column cost; there are a, b, c."
;;|
;;| [[example]]
;;| says = "stats for hours in this CSV: day,hours"
;;| args = ["day,hours", "hours"]
;;| result = "The column hours has no numbers."
;;|
;;| [[example]]
;;| args = ["a,b\n1,2", ""]
;;| result = "Name a column: a, b."
;;|
;;| [[example]]
;;| args = ["name;Betrag\nMüller;1.234,50\nSchmidt;99,5\nMaier;100 €\n", " betrag "]
;;| result = """
;;|**Betrag**: 3 numbers
;;|
;;|- sum 1,434
;;|- mean 478, median 100
;;|- from 99.5 to 1,234.5
;;|- standard deviation 655.15"""
;;|
;;| [[example]]
;;| args = ["team,share\nred,25%\nblue,75 %", "share"]
;;| result = """
;;|**share**: 2 numbers
;;|
;;|- sum 100
;;|- mean 50, median 50
;;|- from 25 to 75
;;|- standard deviation 35.36"""
;;|
;;| [[example]]
;;| args = ["a,b\nx,1k\ny,2 k\n", "b"]
;;| result = """
;;|**b**: 2 numbers
;;|
;;|- sum 3,000
;;|- mean 1,500, median 1,500
;;|- from 1,000 to 2,000
;;|- standard deviation 707.11"""
;;|
;;| [[example]]
;;| args = ["a,b\nx,10%\ny,5\n", "b"]
;;| result = "The numbers in b are not all of one unit."
;;|
;;| [[example]]
;;| args = ["a,b\n1,0.001\n2,0.002", "b"]
;;| result = """
;;|**b**: 2 numbers
;;|
;;|- sum 0.003
;;|- mean 0.0015, median 0.0015
;;|- from 0.001 to 0.002
;;|- standard deviation 0.0007071068"""
;;|
;;| [[example]]
;;| args = ["n;p\na;1.200,50\nb;3.400", "p"]
;;| result = """
;;|**p**: 2 numbers
;;|
;;|- sum 4,600.5
;;|- mean 2,300.25, median 2,300.25
;;|- from 1,200.5 to 3,400
;;|- standard deviation 1,555.28"""
;;|
;;| [[example]]
;;| args = ["n;p\na;1.200\nb;3.400", "p"]
;;| result = "It is not clear which number 1.200 is."
;;|
;;| [[example]]
;;| args = ["name,price\nA,1.5\nB,2,5", "price"]
;;| result = "Row 3 has 3 cells, and there are 2 columns: put quotes around a cell with , in it."

;; The sign that stands most often between the names of the first line, outside of quotes.
(let $first (regex.replace (default (text (at (string.lines $csv) 0)) "") "\"[^\"]*\"" ""))
(let $separator
  (if (string.contains $first "\t") "\t"
    (if (> (string.count $first ";") (string.count $first ",")) ";"
      (if (> (string.count $first "|") (string.count $first ",")) "|" ","))))
(let $rows (csv.parse $csv $separator false))
(if (= (len $rows) 0) (resv "There are no rows."))
(let $names (at $rows 0))
(if (= $column "") (resv (format "Name a column: {}." (string.join $names ", "))))
(let $index (array.index_of (array.map (array.map $names "trim") "lower") (string.lower (string.trim $column))))
(if (< $index 0) (resv (format "There is no column {$column}; there are {}." (string.join $names ", "))))
(let $column (text (at $names $index)))
(each $row $i $rows
  (if (> (len $row) (len $names))
    (resv (format "Row {} has {} cells, and there are {} columns: put quotes around a cell with {$separator} in it." (+ $i 1) (len $row) (len $names)))))
(let $cells (array.pluck (array.slice $rows 1) $index))
(let $written (string.join $cells "\n"))
;; 1.200 is a thousand and two hundred where commas stand before fractions and points do not.
(let $either (regex.find_all $written "(?m)^[^\\d.,]*([1-9]\\d{0,2}\\.\\d{3})[^\\d.,]*$"))
(let $points (regex.test $written "(?m)(?:^|[^\\d.,])(?:0\\.\\d|\\d+\\.(?:\\d{1,2}|\\d{4,})(?:[^\\d.,]|$))"))
(let $commas (regex.test $written "(?m)\\d,\\d{1,2}(?:\\D|$)"))
(if (and (> (len $either) 0) (not $points) (not $commas) (= $separator ";"))
  (resv (format "It is not clear which number {} is." (at (at $either 0) 1))))
(let $thousands (and $commas (not $points)))
(let $found (list))
(each $cell $cells
  (if $thousands (let $cell (regex.replace $cell "^([^\\d.,]*[1-9]\\d{0,2})\\.(\\d{3}[^\\d.,]*)$" "$1$2")))
  (let $cell (string.replace $cell "−" "-"))
  ;; A cell that holds a number and nothing else is one; 12,5 is one number where commas are not between the cells.
  (let $in_it (number.find_all (text $cell) true))
  (if (and (= (len $in_it) 1) (= (at (at $in_it 0) "text") (regex.replace (string.trim (text $cell)) "\\s+" " ")))
    (if (!= (at (at $in_it 0) "value") null) (array.push $found (at $in_it 0)))))
(let $units (array.unique (array.pluck $found "unit")))
(if (> (len $units) (if (and (array.contains $units "") (not (array.contains $units "%"))) 2 1))
  (resv (format "The numbers in {$column} are not all of one unit.")))
(let $numbers (array.pluck $found "value"))
(let $count (len $numbers))
(if (= $count 0) (resv (format "The column {$column} has no numbers.")))
(let $none (- (len $cells) $count))
(let $title (format "**{$column}**: {$count} {}" (if (= $count 1) "number" "numbers")))
(if (> $none 0)
  (let $title (format "{$title} ({$none} of {} cells {} none)" (len $cells) (if (= $none 1) "is" "are"))))
(let $mean (array.mean $numbers))
(let $median (array.median $numbers))
;; Two digits are enough for all but what is very small.
(let $report
  (format "{$title}\n\n- sum {}\n- mean {}, median {}\n- from {} to {}"
    (number.format (array.sum $numbers))
    (number.format (number.round $mean (if (< (abs $mean) 0.1) 10 2)))
    (number.format (number.round $median (if (< (abs $median) 0.1) 10 2)))
    (number.format (array.min $numbers))
    (number.format (array.max $numbers))))
(if (< $count 2) (resv $report))
(let $spread (array.stdev $numbers))
(+ $report "\n- standard deviation " (number.format (number.round $spread (if (< $spread 0.1) 10 2))))

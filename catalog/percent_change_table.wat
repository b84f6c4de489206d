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
;;|
;;| [[example]]
;;| args = ["Jan: 900k, Feb: 1.2M"]
;;| result = """
;;||     |   Value | Change  |
;;|| --- | ------: | ------- |
;;|| Jan |  900000 |         |
;;|| Feb | 1200000 | +33.3 % |
;;|"""
;;|
;;| [[example]]
;;| args = ["2024: 100, 2025: 100.001"]
;;| result = """
;;||      |   Value | Change   |
;;|| ---: | ------: | -------- |
;;|| 2024 |     100 |          |
;;|| 2025 | 100.001 | +0.001 % |
;;|"""
;;|
;;| [[example]]
;;| args = ["Jan: 12:30, Feb: 5"]
;;| result = "It is not clear what Jan: 12:30 says: write one line for each value, such as January: 100."

;; Rows end at lines, semicolons and commas; a piece without a colon is the beginning of a label, as in Bern, CH: 5.
(if (not (regex.test $data ":")) (resv "Write one line for each value, such as January: 100."))
(let $labels (list))
(let $values (list))
(let $begun "")
(each $piece (regex.split (regex.replace $data ",([^\\d\\s])" ", $1") "\\s*[;\\n]\\s*|,\\s+|,$")
  (let $row (string.trim (format "{$begun}{$piece}")))
  (if (= $row "") (continue))
  (if (not (regex.test $row ":|^\\W?\\d")) (then (let $begun (+ $row ", ")) (continue)))
  (let $begun "")
  ;; The number stands behind the last colon, which is not that of a time.
  (let $parts (catch $err (regex.match $row "^(.*[^:\\s])\\s*:\\s*([^:]+)$")))
  (if (or $err (or (regex.test $row "\\d:\\d[^:]*$|:\\s.*:|:.*,.*:") (!= (len (number.find_all (at $parts 2) true)) 1)))
    (resv (format "It is not clear what {$row} says: write one line for each value, such as January: 100.")))
  (array.push $labels (at $parts 1))
  (array.push $values (at $parts 2)))
(if (or (= (len $labels) 0) (!= $begun "")) (resv "Write one line for each value, such as January: 100."))
(let $found (number.find_all (string.join $values ", ") true))
(each $one $found
  (if (= (at $one "value") null) (resv (format "It is not clear which number {} is." (at $one "text")))))
(if (> (len (array.unique (array.pluck $found "unit"))) 1) (resv "The numbers are not all of one unit."))
(let $numbers (array.pluck $found "value"))
(let $table (list (list "" "Value" "Change")))
(each $number $i $numbers
  (let $value (f64 $number))
  (let $rise (- $value $before))
  (let $digits (if (< (abs (* 1000 $rise)) (abs $before)) 6 1))
  (let $change (default (text (number.percent $rise (abs $before) $digits)) "–"))
  (if (and (> $value $before) (!= $before 0)) (let $change (format "+{$change}")))
  (if (!= $change "–") (let $change (format "{$change} %")))
  (array.push $table (list (at $labels $i) $value (if (= $i 0) "" $change)))
  (let $before $value))
(markdown.table $table)

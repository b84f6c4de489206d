;;| name = "chart_bars"
;;| description = "Draws a bar chart as text, of lines (or commas) such as \"label: number\"."
;;| signature = "(data: string) -> string"
;;|
;;| [[example]]
;;| says = "draw a bar chart of Mon: 5, Tue: 10, Wed: 7.5"
;;| args = ["Mon: 5, Tue: 10, Wed: 7.5"]
;;| result = """
;;|Mon ██████████ 5
;;|Tue ████████████████████ 10
;;|Wed ███████████████ 7.5"""
;;|
;;| [[example]]
;;| says = "bars for Köln: 3, Aix-en-Provence: -1"
;;| args = ["Köln: 3, Aix-en-Provence: -1"]
;;| result = """
;;|Köln            ████████████████████ 3
;;|Aix-en-Provence  -1"""
;;|
;;| [[example]]
;;| args = ["a: 1e10, b: 2, c: 5,000,000,000"]
;;| result = """
;;|a ████████████████████ 1e10
;;|b  2
;;|c ██████████ 5,000,000,000"""
;;|
;;| [[example]]
;;| args = ["a = 1"]
;;| result = "Write one line for each bar, such as Monday: 5."
;;|
;;| [[example]]
;;| args = ["Umsatz: 1.200,50, Kosten: 800,5, Rent: $1,000"]
;;| result = """
;;|Umsatz ████████████████████ 1.200,50
;;|Kosten █████████████ 800,5
;;|Rent   █████████████████ $1,000"""
;;|
;;| [[example]]
;;| args = ["12:00: 5, 13:00: 10"]
;;| result = """
;;|12:00 ██████████ 5
;;|13:00 ████████████████████ 10"""
;;|
;;| [[example]]
;;| args = ["Jan: 12k, Feb: 9000, Bern, CH: 1.2 k"]
;;| result = """
;;|Jan      ████████████████████ 12k
;;|Feb      ███████████████ 9000
;;|Bern, CH ██ 1.2 k"""
;;|
;;| [[example]]
;;| args = ["start: 12:30, end: 5"]
;;| result = "It is not clear what start: 12:30 says: write one line for each bar, such as Monday: 5."
;;|
;;| [[example]]
;;| args = ["a: 5 kg, b: 300 g"]
;;| result = "The numbers are not all of one unit."
;;|
;;| [[example]]
;;| args = ["Jan: 1.200,50\nFeb: 1.200"]
;;| result = """
;;|Jan ████████████████████ 1.200,50
;;|Feb ████████████████████ 1.200"""

;; Rows end at lines, semicolons and commas; a piece without a colon is the beginning of a label, as in Bern, CH: 5.
(if (not (regex.test $data ":")) (resv "Write one line for each bar, such as Monday: 5."))
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
    (resv (format "It is not clear what {$row} says: write one line for each bar, such as Monday: 5.")))
  (array.push $labels (at $parts 1))
  (array.push $values (at $parts 2)))
(if (or (= (len $labels) 0) (!= $begun "")) (resv "Write one line for each bar, such as Monday: 5."))
(let $found (number.find_all (string.join $values ", ") true))
(each $one $found
  (if (= (at $one "value") null) (resv (format "It is not clear which number {} is." (at $one "text")))))
(if (> (len (array.unique (array.pluck $found "unit"))) 1) (resv "The numbers are not all of one unit."))
(let $numbers (array.pluck $found "value"))
(let $width 0)
(each $label $labels (let $width (max $width (len $label))))
(let $most (array.max $numbers))
(let $lines (list))
(each $number $i $numbers
  (let $bar (if (> $most 0) (i32 (number.round (/ (* 20 (f64 $number)) $most))) 0))
  (array.push $lines
    (format "{} {} {}" (string.pad_end (at $labels $i) $width) (string.repeat "█" (max $bar 0)) (at (at $found $i) "text"))))
(string.join $lines "\n")

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
;;|Umsatz ████████████████████ 1200.50
;;|Kosten █████████████ 800.5
;;|Rent   █████████████████ 1,000"""

;; 1.200,50 and $1,200 are numbers too.
(let $data (regex.replace $data ":\\s*[$€£]\\s*" ": "))
(let $data (regex.replace $data ":\\s*(-?\\d+)(?:\\.(\\d{3}))?,(\\d{1,2})\\b" ": $1$2.$3"))
(let $rows (regex.find_all $data "([^:,\\n]*[^:,\\s]):\\s*(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|-?\\d*\\.?\\d+(?:e[-+]?\\d+)?)" "i"))
(if (= (len $rows) 0) (resv "Write one line for each bar, such as Monday: 5."))
(let $width 0)
(each $row $rows (let $width (max $width (len (string.trim (at $row 1))))))
(let $numbers (list))
(each $row $rows (array.push $numbers (value (string.replace (at $row 2) "," ""))))
(let $most (array.max $numbers))
(let $lines (list))
(each $row $rows
  (let $bar (if (> $most 0) (i32 (number.round (/ (* 20 (f64 (string.replace (at $row 2) "," ""))) $most))) 0))
  (array.push $lines
    (format "{} {} {}" (string.pad_end (string.trim (at $row 1)) $width) (string.repeat "█" (max $bar 0)) (at $row 2))))
(string.join $lines "\n")

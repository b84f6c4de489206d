;;| name = "sort_lines"
;;| description = "Sorts the lines of a text: dates and times, numbers and amounts of one kind by size, all else by letters."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| args = ["pear\nÉclair\napple\nZoe\n"]
;;| result = """
;;|apple
;;|Éclair
;;|pear
;;|Zoe"""
;;|
;;| [[example]]
;;| args = ["10\n9\n-1"]
;;| result = """
;;|-1
;;|9
;;|10"""
;;|
;;| [[example]]
;;| says = "sort these lines: only one"
;;| args = ["only one"]
;;| result = "only one"
;;|
;;| [[example]]
;;| says = "put the lines of the following in order: Über alles"
;;| args = ["Über alles"]
;;| result = "Über alles"
;;|
;;| [[example]]
;;| args = ["b\n\n  \na\n"]
;;| result = """
;;|a
;;|b"""
;;|
;;| [[example]]
;;| args = ["10k\n900\n1,200\n12:30"]
;;| result = """
;;|900
;;|1,200
;;|10k
;;|12:30"""
;;|
;;| [[example]]
;;| args = ["pear\n2026-11-22\nJan 12\n2026-01-02\n7"]
;;| result = """
;;|7
;;|2026-01-02
;;|2026-11-22
;;|Jan 12
;;|pear"""
;;|
;;| [[example]]
;;| args = ["01.02.2026\n15.01.2026\n3 Jan 2026"]
;;| result = """
;;|3 Jan 2026
;;|15.01.2026
;;|01.02.2026"""
;;|
;;| [[example]]
;;| args = ["10:30\n9:15\n08:00"]
;;| result = """
;;|08:00
;;|9:15
;;|10:30"""
;;|
;;| [[example]]
;;| args = ["$1,200\n$900\n$15"]
;;| result = """
;;|$15
;;|$900
;;|$1,200"""
;;|
;;| [[example]]
;;| args = ["5 GB\n500 MB\n1 TB"]
;;| result = """
;;|500 MB
;;|5 GB
;;|1 TB"""
;;|
;;| [[example]]
;;| args = ["5 €\n4 $\n3 kg"]
;;| result = "It is not clear which is more: 5 € or 4 $."

(let $lines (list))
(each $line (string.lines $text) (if (!= (string.trim $line) "") (array.push $lines $line)))
;; Nothing but dates, or times of day, goes by time.
(let $times (list))
(each $line $lines
  (let $clock (string.trim $line))
  (if (regex.test $clock "^\\d{1,2}:\\d{2}(?::\\d{2})?$") (let $clock (format "1970-01-01 {$clock}")))
  (let $time (catch $err (time.parse $clock)))
  (if (!= $err SUCCESS) (break))
  (array.push $times (object "line" $line "order" $time)))
(if (and (> (len $lines) 0) (= (len $times) (len $lines)))
  (resv (string.join (array.pluck (array.sort $times "order") "line") "\n")))

;; A line that is one number and nothing else, as 1,200 or 12k or $5.
(let $rows (list))
(let $units (list))
(let $first "")
(each $line $lines
  (let $number (default (at (number.find_all $line) 0) (object "text" "" "value" null "unit" "")))
  (let $counts (and (!= (at $number "value") null) (= (at $number "text") (string.trim $line))))
  (if (and $counts (= (len $units) 0)) (let $first $line))
  (if $counts (array.push $units (at $number "unit")))
  (array.push $rows (object "line" $line "number" $number "counts" $counts)))
(each $row $rows
  (let $number (at $row "number"))
  (let $size (at $number "value"))
  (if (bool (at $row "counts"))
    (if (!= (at $number "unit") (at $units 0))
      (let $size
        (default (value (number.convert (f64 $size) (text (at $number "unit")) (text (at $units 0))))
          (resv (format "It is not clear which is more: {$first} or {}." (at $row "line"))))))
    (let $size (value (string.slug (text (at $row "line"))))))
  (put $row "order" $size))
(string.join (array.pluck (array.sort $rows "order") "line") "\n")

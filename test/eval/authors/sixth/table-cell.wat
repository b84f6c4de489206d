(let $rows (at (html.tables $html) 0))
(let $col (array.index_of (at $rows 0) "Capital"))
(for $i 1 (len $rows)
  (let $row (at $rows $i))
  (if (= (string.trim (default (text (at $row 0)) "")) $country)
    (resv (string.trim (text (at $row $col))))))
"unknown"

(let $out (list))
(each $row $i (csv.parse $csv "," false)
  (let $cells (list))
  (each $field $row
    (array.push $cells (string.replace (text $field) "|" "\\|")))
  (array.push $out (format "| {} |" (string.join $cells " | ")))
  (if (= $i 0)
    (then (array.push $out (format "|{}" (string.repeat " --- |" (len $row)))))))
(string.join $out "\n")

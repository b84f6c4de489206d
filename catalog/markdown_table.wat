;;| name = "markdown_table"
;;| description = "Turns a JSON array of objects or of arrays into a Markdown table."
;;| signature = "(json: string) -> string"
;;|
;;| [[example]]
;;| says = 'a table of the JSON [{"name": "Zoë", "age": 7}, {"name": "Al", "town": "Bern|BE"}]'
;;| args = ['[{"name": "Zoë", "age": 7}, {"name": "Al", "town": "Bern|BE"}]']
;;| result = """
;;|| name | age | town     |
;;|| ---- | --- | -------- |
;;|| Zoë  | 7   |          |
;;|| Al   |     | Bern\\|BE |
;;|"""
;;|
;;| [[example]]
;;| says = 'show [["team", "points"], ["red", 12]] as a Markdown table'
;;| args = ['[["team", "points"], ["red", 12]]']
;;| result = """
;;|| team | points |
;;|| ---- | -----: |
;;|| red  |     12 |
;;|"""
;;|
;;| [[example]]
;;| says = "markdown table from []"
;;| args = ["[]"]
;;| result = "There are no rows."
;;|
;;| [[example]]
;;| args = ['{"a": 1}']
;;| result = "A table is made of a JSON array, of objects or of arrays."
;;|
;;| [[example]]
;;| args = ["null"]
;;| result = "A table is made of a JSON array, of objects or of arrays."
;;|
;;| [[example]]
;;| args = ["[{}]"]
;;| result = "There are no rows."

(let $rows (json.parse $json))
(let $table (catch $err (markdown.table $rows)))
(if (or (!= (json.type $rows) "array") (= $err ETRFM)) (resv "A table is made of a JSON array, of objects or of arrays."))
(check $err)
(if (= (string.trim $table) "") "There are no rows." $table)

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

(let $rows (json.parse $json))
(if (= (len $rows) 0) "There are no rows." (markdown.table $rows))

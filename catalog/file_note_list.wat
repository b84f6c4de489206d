;;| name = "file_note_list"
;;| description = "The notes of the workspace, in order."
;;| signature = "() -> string"
;;| grants = ["fs"]
;;|
;;| [[example]]
;;| says = "which notes are there?"
;;| args = []
;;| result = """
;;|- cafe-grosse
;;|- release-steps"""
;;| [[example.host]]
;;| call = "fs.list"
;;| args = ["notes"]
;;| value = '["cafe-grosse.md","old/","release-steps.md"]'
;;|
;;| [[example]]
;;| says = "list our notes"
;;| args = []
;;| result = "There are no notes."
;;| [[example.host]]
;;| call = "fs.list"
;;| status = "ENOENT"
;;| message = "there is no notes"

(let $lines (list))
(each $file (default (fs.list "notes") (list))
  (if (string.ends_with $file ".md")
    (array.push $lines (format "- {}" (string.slice $file 0 -3)))))
(if (= (len $lines) 0) "There are no notes." (string.join $lines "\n"))

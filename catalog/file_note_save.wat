;;| name = "file_note_save"
;;| description = "Saves a note of the workspace under a title, in place of any before."
;;| signature = "(title: string, text: string) -> string"
;;| grants = ["fs"]
;;|
;;| [[example]]
;;| says = "save the note Release steps: tag, build, announce"
;;| args = ["Release steps", "tag, build, announce"]
;;| result = "Saved as notes/release-steps.md"
;;| [[example.host]]
;;| call = "fs.write"
;;| args = ["notes/release-steps.md", "# Release steps\n\ntag, build, announce\n"]
;;|
;;| [[example]]
;;| says = "keep a note titled Café Größe with the text 40 Plätze"
;;| args = ["Café Größe", "40 Plätze"]
;;| result = "Saved as notes/cafe-grosse.md"
;;| [[example.host]]
;;| call = "fs.write"
;;|
;;| [[example]]
;;| args = ["../", "x"]
;;| result = "A title needs a letter or a digit."

(let $name (string.slug $title))
(if (= $name "") (resv "A title needs a letter or a digit."))
(let $path (format "notes/{$name}.md"))
(fs.write $path (format "# {$title}\n\n{$text}\n"))
(format "Saved as {$path}")

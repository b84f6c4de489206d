(if (not (fs.exists "journal.txt")) (fs.write "journal.txt" ""))
(fs.append "journal.txt" (format "{} {$entry}\n" (time.format (time.now) "yyyy-MM-dd" "UTC")))
(string.count (fs.read "journal.txt") "\n")

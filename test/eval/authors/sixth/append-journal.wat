(let $old (default ENOENT (fs.read "journal.txt") ""))
(let $all (format "{$old}{} {$entry}\n" (time.format (time.now) "yyyy-MM-dd" "UTC")))
(fs.write "journal.txt" $all)
(string.count $all "\n")

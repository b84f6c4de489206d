(if (not (fs.exists $name)) (resv "no such file"))
(fs.write (format "archive/{$name}") (fs.read $name))
(fs.delete $name)
"archived"

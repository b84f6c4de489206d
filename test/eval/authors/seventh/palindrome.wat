(let $s (string.lower (regex.replace $text "[^A-Za-z0-9]" "")))
(= $s (string.reverse $s))

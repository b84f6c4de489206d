(if (<= (len $text) $max) (resv $text))
(format "{}…" (string.slice $text 0 (- $max 1)))

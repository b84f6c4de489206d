(if (> (len $text) $max)
  (format "{}…" (string.slice $text 0 (- $max 1)))
  $text)

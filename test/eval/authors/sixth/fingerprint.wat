(string.slice (string.lower (hash.sha256 $text)) 0 12)

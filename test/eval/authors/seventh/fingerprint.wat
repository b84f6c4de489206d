(string.slice (hash.sha256 $text) 0 12)

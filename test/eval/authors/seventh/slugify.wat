(regex.replace (regex.replace (string.lower $title) "[^a-z0-9]+" "-") "^-+|-+$" "")

(len (regex.find_all $text "[aeiouAEIOU]"))

(string.join (array.reverse (string.split $text " ")) " ")

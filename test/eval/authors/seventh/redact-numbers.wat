(regex.replace $text "[0-9]{4,}" "[number]")

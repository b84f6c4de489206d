;;| name = "unique_lines"
;;| description = "Leaves each line of a text only once, in the order of first occurrence."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| args = ["b\na\nb\nB\na\n"]
;;| result = """
;;|b
;;|a
;;|B"""
;;|
;;| [[example]]
;;| says = "unique lines of: ünique"
;;| args = ["ünique"]
;;| result = "ünique"
;;|
;;| [[example]]
;;| says = "remove duplicate lines from this: to be or not to be"
;;| args = ["to be or not to be"]
;;| result = "to be or not to be"
;;|
;;| [[example]]
;;| args = [""]
;;| result = ""

(string.join (array.unique (string.lines $text)) "\n")

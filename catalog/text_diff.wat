;;| name = "text_diff"
;;| description = "Shows by lines how a text differs from an earlier one, as a unified diff."
;;| signature = "(before: string, after: string) -> string"
;;|
;;| [[example]]
;;| says = "diff between 'red apples' and 'green apples'"
;;| args = ["red apples", "green apples"]
;;| result = """
;;|@@ -1 +1 @@
;;|-red apples
;;|+green apples
;;|"""
;;|
;;| [[example]]
;;| says = "what changed from '¡Hola!' to '¡Hola!'?"
;;| args = ["¡Hola!", "¡Hola!"]
;;| result = "The texts are the same."
;;|
;;| [[example]]
;;| args = ["milk\neggs\n", "milk\nflour\neggs\n"]
;;| result = """
;;|@@ -1,2 +1,3 @@
;;| milk
;;|+flour
;;| eggs
;;|"""
;;|
;;| [[example]]
;;| args = ["milk\r\neggs", "milk\neggs"]
;;| result = "The lines are the same, and how they end is not."

(let $diff (string.diff $before $after))
(if (!= $diff "") (resv $diff))
(if (= $before $after) "The texts are the same." "The lines are the same, and how they end is not.")

;;| name = "slugify"
;;| description = "Makes a slug of a title: words in lower case without accents, with hyphens."
;;| signature = "(title: string) -> string"
;;|
;;| [[example]]
;;| says = "slugify Hello, World!"
;;| args = ["Hello, World!"]
;;| result = "hello-world"
;;|
;;| [[example]]
;;| says = "make a slug of: Crème brûlée & Käse, 2 ways"
;;| args = ["Crème brûlée & Käse, 2 ways"]
;;| result = "creme-brulee-kase-2-ways"
;;|
;;| [[example]]
;;| says = "slug for ???"
;;| args = ["???"]
;;| result = "There is no letter and no digit in it."
;;|
;;| [[example]]
;;| args = ["№ 5: Łódź"]
;;| result = "no-5-lodz"

(let $slug (string.slug $title))
(if (= $slug "") "There is no letter and no digit in it." $slug)

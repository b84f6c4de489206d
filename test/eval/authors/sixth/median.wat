(if (= (len $numbers) 0) (fail EBOUND))
(array.median $numbers)

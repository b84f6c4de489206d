(number.to_base $n 2)

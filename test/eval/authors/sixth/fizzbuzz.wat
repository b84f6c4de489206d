(let $rows (list))
(for $i 1 (+ $n 1)
  (array.push $rows
    (if (= (% $i 15) 0) "FizzBuzz"
      (if (= (% $i 3) 0) "Fizz"
        (if (= (% $i 5) 0) "Buzz" (text $i))))))
(string.join $rows "\n")

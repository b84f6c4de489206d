(let $steps 0)
(while (> $n 1)
  (if (= (% $n 2) 0)
    (then (let $n (/ $n 2)))
    (else (let $n (+ (* $n 3) 1))))
  (let $steps (+ $steps 1)))
$steps

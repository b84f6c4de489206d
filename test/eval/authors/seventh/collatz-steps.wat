(let $m $n)
(let $steps 0)
(while (!= $m 1)
  (if (= (% $m 2) 0)
    (then (let $m (/ $m 2)))
    (else (let $m (+ (* $m 3) 1))))
  (let $steps (+ $steps 1)))
$steps

(let $n (len $account))
(if (<= $n 4) (resv $account))
(format "{}{}" (string.repeat "*" (- $n 4)) (string.slice $account (- $n 4)))

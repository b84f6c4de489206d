(let $stack (list (json.parse $thread)))
(let $n 0)
(while (> (len $stack) 0)
  (let $comment (array.pop $stack))
  (let $n (+ $n 1))
  (if (= (default (json.type $comment "replies") "") "array")
    (then
      (each $reply (at $comment "replies")
        (array.push $stack $reply)))))
$n

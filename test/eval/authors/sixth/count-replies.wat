(let $queue (list (json.parse $thread)))
(let $i 0)
(while (< $i (len $queue))
  (let $comment (at $queue $i))
  (if (= (default (json.type $comment "replies") "") "array")
    (then
      (each $reply (at $comment "replies")
        (array.push $queue $reply))))
  (let $i (+ $i 1)))
$i

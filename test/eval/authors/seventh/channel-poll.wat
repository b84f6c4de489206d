(let $votes (default ENOENT (kv_channel.get_json "poll") (object)))
(put $votes $voter $choice)
(kv_channel.set "poll" (json.stringify $votes))
(let $n 0)
(each $who $votes
  (if (= (text (at $votes $who)) $choice)
    (then (let $n (+ $n 1)))))
(format "{$n} of {} for {$choice}" (len (json.keys $votes)))

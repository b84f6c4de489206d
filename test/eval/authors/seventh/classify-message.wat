(let $answer (string.lower (string.trim (ai.ask "Classify the message as bug, feature or question. Answer with that one word only." $message))))
(if (or (= $answer "bug") (= $answer "feature") (= $answer "question"))
  (then (resv $answer)))
"other"

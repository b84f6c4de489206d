(let $label (string.lower (string.trim (ai.ask "Classify this message as bug, feature or question. Answer with that one word alone." $message))))
(if (or (= $label "bug") (= $label "feature") (= $label "question")) $label "other")

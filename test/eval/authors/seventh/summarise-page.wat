(let $key (format "summary:{$url}"))
(let $known (default ENOENT (kv.get $key) "\u{1}none"))
(if (!= $known "\u{1}none") (resv $known))
(let $page (string.trim (html.to_text (http.get $url))))
(let $summary (string.trim (ai.ask "Summarise this text in a few sentences." $page)))
(kv.set $key $summary)
$summary

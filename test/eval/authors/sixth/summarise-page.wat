(let $key (format "summary:{$url}"))
(let $old (default ENOENT (kv.get $key) "\u{1}absent\u{1}"))
(if (!= $old "\u{1}absent\u{1}") (resv $old))
(let $page (string.trim (html.to_text (http.get $url))))
(let $summary (string.trim (ai.ask "Summarise this text in a few sentences." $page)))
(kv.set $key $summary)
$summary

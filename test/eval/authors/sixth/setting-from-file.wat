(if (not (fs.exists "settings.json")) (resv "default"))
(let $content (fs.read "settings.json"))
(if (= (default (json.type (json.parse $content)) "") "") (resv "broken"))
(default (text (at (json.parse $content) $name)) "default")

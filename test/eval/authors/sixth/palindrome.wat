(let $plain (string.lower (regex.replace $text "[^a-zA-Z0-9]+" "")))
(= $plain (string.reverse $plain))

(len (string.words (html.to_text (http.get $url))))

(i32 (at (http.post_json $url (object "greeting" (format "Hello, {$name}!"))) "id"))

(if (= (string.lower (hash.sha256 (http.get $url))) (string.lower $expected)) "ok" "mismatch")

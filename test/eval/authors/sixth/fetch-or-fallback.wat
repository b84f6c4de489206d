(default (http.get $first) (default (http.get $second) "both are down"))

(default ENOENT (kv.get $key) $otherwise)

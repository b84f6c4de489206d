(local $left i64) (local $sum i32) (local $digit i32)
(argv 0 $n)
(local.set $left (i64.load (local.get $n)))
(block $done
  (loop $next
    (br_if $done (i64.eqz (local.get $left)))
    (local.set $digit (i32.wrap_i64 (i64.rem_s (local.get $left) (i64.const 10))))
    (if (i32.lt_s (local.get $digit) (i32.const 0))
      (then (local.set $digit (i32.sub (i32.const 0) (local.get $digit)))))
    (local.set $sum (i32.add (local.get $sum) (local.get $digit)))
    (local.set $left (i64.div_s (local.get $left) (i64.const 10)))
    (br $next)))
(i32.store (local.get $n) (local.get $sum))
(resv $n)

(local $err i32) (local $low i32) (local $at i32) (local $end i32) (local $found i32) (local $count i32) (local $one i32)
(argv 0 $text)
(call $string.lower (local.get $text))
(local.set $err)
(local.set $low)
(check $err)
(local.set $at (i32.add (local.get $low) (i32.const 4)))
(local.set $end (i32.add (local.get $at) (i32.load (local.get $low))))
(block $done
  (loop $next
    (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
    (local.set $one (i32.load8_u (local.get $at)))
    (local.set $found
      (i32.or
        (i32.or (i32.eq (local.get $one) (i32.const 97)) (i32.eq (local.get $one) (i32.const 101)))
        (i32.or
          (i32.eq (local.get $one) (i32.const 105))
          (i32.or (i32.eq (local.get $one) (i32.const 111)) (i32.eq (local.get $one) (i32.const 117))))))
    (local.set $count (i32.add (local.get $count) (local.get $found)))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br $next)))
(i32.store (i32.const 16) (local.get $count))
(local.set $at (i32.const 16))
(resv $at)

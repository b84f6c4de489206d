(local $n i32) (local $page i32) (local $out i32) (local $i i32) (local $j i32) (local $prime i32)
(argv 0 $given)
(local.set $n (i32.load (local.get $given)))
(local.set $page (i32.mul (memory.grow (i32.const 4)) (i32.const 65536)))
(local.set $out (i32.add (local.get $page) (i32.const 4)))
(local.set $i (i32.const 2))
(block $done
  (loop $next
    (br_if $done (i32.ge_s (local.get $i) (local.get $n)))
    (local.set $prime (i32.const 1))
    (local.set $j (i32.const 2))
    (block $tested
      (loop $divide
        (br_if $tested (i32.gt_s (i32.mul (local.get $j) (local.get $j)) (local.get $i)))
        (if (i32.eqz (i32.rem_s (local.get $i) (local.get $j)))
          (then
            (local.set $prime (i32.const 0))
            (br $tested)))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br $divide)))
    (if (local.get $prime)
      (then
        (i32.store (local.get $out) (local.get $i))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $next)))
(i32.store (local.get $page) (i32.sub (i32.sub (local.get $out) (local.get $page)) (i32.const 4)))
(resv $page)

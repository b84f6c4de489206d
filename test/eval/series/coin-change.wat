(local $goal i32) (local $table i32) (local $a i32) (local $c i32) (local $end i32) (local $coin i32) (local $best i32)
(local $other i32)
(argv 0 $amount)
(argv 1 $coins)
(local.set $goal (i32.load (local.get $amount)))
(local.set $table (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
(local.set $end (i32.add (i32.add (local.get $coins) (i32.const 4)) (i32.load (local.get $coins))))
(local.set $a (i32.const 1))
(block $done
  (loop $next
    (br_if $done (i32.gt_s (local.get $a) (local.get $goal)))
    (local.set $best (i32.const 1000000))
    (local.set $c (i32.add (local.get $coins) (i32.const 4)))
    (block $tried
      (loop $try
        (br_if $tried (i32.ge_u (local.get $c) (local.get $end)))
        (local.set $coin (i32.load (local.get $c)))
        (if (i32.le_s (local.get $coin) (local.get $a))
          (then
            (local.set $other
              (i32.add
                (i32.const 1)
                (i32.load
                  (i32.add
                    (local.get $table)
                    (i32.mul (i32.sub (local.get $a) (local.get $coin)) (i32.const 4))))))
            (if (i32.lt_s (local.get $other) (local.get $best))
              (then (local.set $best (local.get $other))))))
        (local.set $c (i32.add (local.get $c) (i32.const 4)))
        (br $try)))
    (i32.store
      (i32.add (local.get $table) (i32.mul (local.get $a) (i32.const 4)))
      (local.get $best))
    (local.set $a (i32.add (local.get $a) (i32.const 1)))
    (br $next)))
(local.set $best
  (i32.load (i32.add (local.get $table) (i32.mul (local.get $goal) (i32.const 4)))))
(if (i32.ge_s (local.get $best) (i32.const 1000000))
  (then (local.set $best (i32.const -1))))
(i32.store (local.get $amount) (local.get $best))
(resv $amount)

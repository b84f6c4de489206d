(local $err i32) (local $i i32) (local $last i32) (local $line i32) (local $all i32)
(argv 0 $n)
(local.set $last (i32.load (local.get $n)))
(local.set $all "")
(local.set $i (i32.const 1))
(block $done
  (loop $next
    (br_if $done (i32.gt_s (local.get $i) (local.get $last)))
    (if (i32.eqz (i32.rem_s (local.get $i) (i32.const 15)))
      (then (local.set $line "FizzBuzz"))
      (else
        (if (i32.eqz (i32.rem_s (local.get $i) (i32.const 5)))
          (then (local.set $line "Buzz"))
          (else
            (if (i32.eqz (i32.rem_s (local.get $i) (i32.const 3)))
              (then (local.set $line "Fizz"))
              (else
                (call $string.from_i32 (local.get $i))
                (local.set $err)
                (local.set $line)
                (check $err)))))))
    (if (i32.gt_s (local.get $i) (i32.const 1))
      (then
        (call $string.concat (local.get $all) "\n")
        (local.set $err)
        (local.set $all)
        (check $err)))
    (call $string.concat (local.get $all) (local.get $line))
    (local.set $err)
    (local.set $all)
    (check $err)
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $next)))
(resv $all)

(local $at i32)
(local $end i32)
(local $byte i32)
(local $value i32)
(local $sum i32)
(local $largest i32)
(local $count i32)
(local $inside i32)
(local $check i32)

(argv 0 $text)

;; A text is a u32 byte length and then its UTF-8.
(local.set $at (i32.add (local.get $text) (i32.const 4)))
(local.set $end (i32.add (local.get $at) (i32.load (local.get $text))))
(local.set $check (i32.const 1))

(block $done
  (loop $next
    (br_if $done (i32.gt_u (local.get $at) (local.get $end)))
    ;; What stands behind the last byte counts as one that is no digit.
    (local.set $byte (i32.const 32))
    (if (i32.lt_u (local.get $at) (local.get $end))
      (then (local.set $byte (i32.load8_u (local.get $at)))))
    (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 48)) (i32.const 10))
      (then
        (local.set $inside (i32.const 1))
        (local.set $value
          (i32.add (i32.mul (local.get $value) (i32.const 10)) (i32.sub (local.get $byte) (i32.const 48)))))
      (else
        (if (local.get $inside)
          (then
            (local.set $sum (i32.add (local.get $sum) (local.get $value)))
            (local.set $count (i32.add (local.get $count) (i32.const 1)))
            (if (i32.gt_s (local.get $value) (local.get $largest))
              (then (local.set $largest (local.get $value))))))
        (local.set $inside (i32.const 0))
        (local.set $value (i32.const 0))))
    (local.set $check
      (i32.xor (i32.mul (local.get $check) (i32.const 16777619)) (local.get $byte)))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br $next)))

;; The text is not needed any more: the answer is written over it.
(i32.store (local.get $text) (i32.const 16))
(i32.store offset=4 (local.get $text) (local.get $sum))
(i32.store offset=8 (local.get $text) (local.get $largest))
(i32.store offset=12 (local.get $text) (local.get $count))
(i32.store offset=16 (local.get $text) (local.get $check))
(resv $text)

;; Sorts n random numbers by quicksort. Answers how many neighbours are in order: n - 1.
(module
  (memory 32)
  (func $fill (param $n i32)
    (local $i i32) (local $seed i32)
    (local.set $seed (i32.const 12345))
    (loop $numbers
      (local.set $seed
        (i32.add (i32.mul (local.get $seed) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $seed))
      (br_if $numbers (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
  (func $sort (param $low i32) (param $high i32)
    (local $i i32) (local $j i32) (local $pivot i32) (local $kept i32)
    (if (i32.ge_s (local.get $low) (local.get $high)) (then (return)))
    (local.set $pivot
      (i32.load
        (i32.and (i32.shr_u (i32.add (local.get $low) (local.get $high)) (i32.const 1)) (i32.const -4))))
    (local.set $i (local.get $low))
    (local.set $j (local.get $high))
    (loop $partition
      (block $from (loop $up
        (br_if $from (i32.ge_s (i32.load (local.get $i)) (local.get $pivot)))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (br $up)))
      (block $from (loop $down
        (br_if $from (i32.le_s (i32.load (local.get $j)) (local.get $pivot)))
        (local.set $j (i32.sub (local.get $j) (i32.const 4)))
        (br $down)))
      (if (i32.le_s (local.get $i) (local.get $j))
        (then
          (local.set $kept (i32.load (local.get $i)))
          (i32.store (local.get $i) (i32.load (local.get $j)))
          (i32.store (local.get $j) (local.get $kept))
          (local.set $i (i32.add (local.get $i) (i32.const 4)))
          (local.set $j (i32.sub (local.get $j) (i32.const 4)))))
      (br_if $partition (i32.le_s (local.get $i) (local.get $j))))
    (call $sort (local.get $low) (local.get $j))
    (call $sort (local.get $i) (local.get $high)))
  (func (export "run") (param $n i32) (result i32)
    (local $at i32) (local $last i32) (local $count i32)
    (local.set $last (i32.shl (i32.sub (local.get $n) (i32.const 1)) (i32.const 2)))
    (call $fill (local.get $n))
    (call $sort (i32.const 0) (local.get $last))
    (loop $pairs
      (local.set $count
        (i32.add (local.get $count)
          (i32.le_s (i32.load (local.get $at)) (i32.load offset=4 (local.get $at)))))
      (br_if $pairs
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $last))))
    (local.get $count)))

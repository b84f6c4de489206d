;; How many of n x n points over [-2, 1] x [-1.5, 1.5] stay bounded for 100 turns.
(module
  (func $bounded (param $x f64) (param $y f64) (result i32)
    (local $a f64) (local $b f64) (local $aa f64) (local $bb f64) (local $left i32)
    (local.set $left (i32.const 100))
    (loop $turns
      (local.set $b
        (f64.add (f64.mul (f64.mul (f64.const 2) (local.get $a)) (local.get $b)) (local.get $y)))
      (local.set $a (f64.add (f64.sub (local.get $aa) (local.get $bb)) (local.get $x)))
      (local.set $aa (f64.mul (local.get $a) (local.get $a)))
      (local.set $bb (f64.mul (local.get $b) (local.get $b)))
      (if (f64.gt (f64.add (local.get $aa) (local.get $bb)) (f64.const 4))
        (then (return (i32.const 0))))
      (br_if $turns (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 1))
  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $j i32) (local $step f64) (local $count i32)
    (local.set $step (f64.div (f64.const 3) (f64.convert_i32_s (local.get $n))))
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $count
          (i32.add (local.get $count)
            (call $bounded
              (f64.sub (f64.mul (f64.convert_i32_s (local.get $j)) (local.get $step)) (f64.const 2))
              (f64.sub (f64.mul (f64.convert_i32_s (local.get $i)) (local.get $step)) (f64.const 1.5)))))
        (br_if $columns
          (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $n))))
      (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $count)))

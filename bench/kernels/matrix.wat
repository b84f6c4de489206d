;; C = A * B for n x n matrices of f64 with A[i][j] = i + j and B[i][j] = i - j. Answers the sum of C.
(module
  (memory 64)
  (func $fill (param $n i32) (param $b i32)
    (local $i i32) (local $j i32) (local $at i32)
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $at
          (i32.shl (i32.add (i32.mul (local.get $i) (local.get $n)) (local.get $j)) (i32.const 3)))
        (f64.store (local.get $at)
          (f64.convert_i32_s (i32.add (local.get $i) (local.get $j))))
        (f64.store (i32.add (local.get $b) (local.get $at))
          (f64.convert_i32_s (i32.sub (local.get $i) (local.get $j))))
        (br_if $columns
          (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $n))))
      (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
  (func (export "run") (param $n i32) (result f64)
    (local $i i32) (local $j i32) (local $k i32) (local $row i32) (local $at i32) (local $b i32)
    (local $cell f64) (local $sum f64)
    (local.set $row (i32.shl (local.get $n) (i32.const 3)))
    (local.set $b (i32.mul (local.get $row) (local.get $n)))
    (call $fill (local.get $n) (local.get $b))
    (loop $rows
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $cell (f64.const 0))
        (local.set $k (i32.mul (local.get $i) (local.get $row)))
        (local.set $at (i32.add (local.get $b) (i32.shl (local.get $j) (i32.const 3))))
        (loop $terms
          (local.set $cell
            (f64.add (local.get $cell)
              (f64.mul (f64.load (local.get $k)) (f64.load (local.get $at)))))
          (local.set $at (i32.add (local.get $at) (local.get $row)))
          (br_if $terms
            (i32.lt_u
              (local.tee $k (i32.add (local.get $k) (i32.const 8)))
              (i32.mul (i32.add (local.get $i) (i32.const 1)) (local.get $row)))))
        (local.set $sum (f64.add (local.get $sum) (local.get $cell)))
        (br_if $columns
          (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $n))))
      (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum)))

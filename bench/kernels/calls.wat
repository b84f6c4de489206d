;; Small functions that call each other, directly and through a table: n numbers go through a hash, a clamp and
;; one of four operations each. Answers their sum.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (table funcref (elem $add $subtract $xor $multiply))
  (func $add (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $subtract (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
  (func $xor (param i32 i32) (result i32) (i32.xor (local.get 0) (local.get 1)))
  (func $multiply (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1)))
  (func $mix (param $x i32) (result i32)
    (local.set $x (i32.mul (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 16))) (i32.const 0x85ebca6b)))
    (local.set $x (i32.mul (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 13))) (i32.const 0xc2b2ae35)))
    (i32.xor (local.get $x) (i32.shr_u (local.get $x) (i32.const 16))))
  (func $clamp (param $x i32) (param $least i32) (param $most i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $x) (local.get $least))
      (then (local.get $least))
      (else
        (if (result i32) (i32.gt_s (local.get $x) (local.get $most))
          (then (local.get $most))
          (else (local.get $x))))))
  (func $apply (param $operation i32) (param $x i32) (param $y i32) (result i32)
    (call_indirect (type $binary)
      (local.get $x)
      (local.get $y)
      (i32.and (local.get $operation) (i32.const 3))))
  (func (export "run") (param $n i32) (result i32)
    (local $i i32) (local $sum i32) (local $mixed i32)
    (loop $numbers
      (local.set $mixed (call $mix (local.get $i)))
      (local.set $sum
        (call $apply
          (local.get $mixed)
          (local.get $sum)
          (call $clamp (local.get $mixed) (i32.const -1000000) (i32.const 1000000))))
      (br_if $numbers (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum)))

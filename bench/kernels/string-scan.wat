;; Words, lines and places of "fox" in a text of n bytes: lines of the same sentence over and over.
(module
  (memory 32)
  (data $sentence "the quick brown fox jumps over the lazy dog\n")
  (func $fill (param $n i32)
    (local $at i32)
    (loop $copies
      (memory.init $sentence (local.get $at) (i32.const 0) (i32.const 44))
      (br_if $copies
        (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 44))) (local.get $n)))))
  (func $words (export "words") (param $end i32) (result i32)
    (local $at i32) (local $byte i32) (local $inside i32) (local $count i32)
    (loop $bytes
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.or
            (i32.eq (local.get $byte) (i32.const 32))
            (i32.eq (local.get $byte) (i32.const 10)))
        (then (local.set $inside (i32.const 0)))
        (else
          (if (i32.eqz (local.get $inside))
            (then (local.set $count (i32.add (local.get $count) (i32.const 1)))))
          (local.set $inside (i32.const 1))))
      (br_if $bytes (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (local.get $count))
  (func $lines (export "lines") (param $end i32) (result i32)
    (local $at i32) (local $count i32)
    (loop $bytes
      (local.set $count
        (i32.add (local.get $count) (i32.eq (i32.load8_u (local.get $at)) (i32.const 10))))
      (br_if $bytes (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (local.get $count))
  (func $foxes (export "foxes") (param $end i32) (result i32)
    (local $at i32) (local $count i32)
    (loop $bytes
      (block $no
        (br_if $no (i32.ne (i32.load8_u (local.get $at)) (i32.const 102)))
        (br_if $no (i32.ne (i32.load8_u offset=1 (local.get $at)) (i32.const 111)))
        (br_if $no (i32.ne (i32.load8_u offset=2 (local.get $at)) (i32.const 120)))
        (local.set $count (i32.add (local.get $count) (i32.const 1))))
      (br_if $bytes (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (local.get $count))
  (func (export "run") (param $n i32) (result i32)
    (call $fill (local.get $n))
    (i32.add
      (call $words (local.get $n))
      (i32.add (call $lines (local.get $n)) (call $foxes (local.get $n))))))

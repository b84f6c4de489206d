;; n steps of 0.01 days of the Jovian planets, as in the Computer Language Benchmarks Game. Answers the energy.
;; Memory: five bodies of 56 bytes each: position, velocity, mass.
(module
  (memory 1)
  (data $bodies
    ;; Sun
    "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00"
    "\da\f8\e0\a7\e9\67\39\bf\fb\89\50\fe\ec\d4\6a\bf\71\8a\0b\1f\33\19\f9\3e\de\45\be\c9\3c\bd\43\40"
    ;; Jupiter
    "\2c\d9\3c\34\a0\5d\13\40\7c\db\1f\c0\ab\90\f2\bf\f0\eb\25\6c\f9\86\ba\bf"
    "\bc\cc\93\9b\06\67\e3\3f\9b\94\7d\f5\f2\7e\06\40\15\07\5a\9a\d7\d2\99\bf\d8\33\ab\d9\95\4c\a3\3f"
    ;; Saturn
    "\67\ca\32\c3\cd\af\20\40\b0\01\de\31\cb\7f\10\40\7c\46\eb\e1\53\d3\d9\bf"
    "\4f\77\87\b8\21\2c\f0\bf\13\8f\1f\bf\e9\35\fd\3f\b4\23\11\5f\48\3c\81\3f\37\c6\07\0d\49\1d\87\3f"
    ;; Uranus
    "\cf\d9\a7\ce\ea\c9\29\40\7e\66\26\d6\e8\38\2e\c0\a0\7d\25\be\57\95\cc\bf"
    "\ef\1b\91\a9\1c\53\f1\3f\c5\bb\54\3e\7f\cc\eb\3f\7c\3e\f2\fa\6b\2f\86\bf\b3\1e\f4\9c\d2\3d\5c\3f"
    ;; Neptune
    "\2a\57\05\a9\67\c2\2e\40\20\a2\c8\33\58\eb\39\c0\40\e5\ab\93\f3\f1\c6\3f"
    "\4a\bc\59\16\b6\54\ef\3f\a3\fb\c4\31\c6\07\e3\3f\f6\65\76\58\88\cb\a1\bf\ac\99\17\53\f3\a8\60\3f")
  (func $square (param $x f64) (param $y f64) (param $z f64) (result f64)
    (f64.add
      (f64.add (f64.mul (local.get $x) (local.get $x)) (f64.mul (local.get $y) (local.get $y)))
      (f64.mul (local.get $z) (local.get $z))))
  (func $advance
    (local $i i32) (local $j i32) (local $dx f64) (local $dy f64) (local $dz f64) (local $mag f64)
    (loop $bodies
      (local.set $j (i32.add (local.get $i) (i32.const 56)))
      (block $last
        (loop $others
          (br_if $last (i32.ge_u (local.get $j) (i32.const 280)))
          (local.set $dx (f64.sub (f64.load (local.get $i)) (f64.load (local.get $j))))
          (local.set $dy (f64.sub (f64.load offset=8 (local.get $i)) (f64.load offset=8 (local.get $j))))
          (local.set $dz (f64.sub (f64.load offset=16 (local.get $i)) (f64.load offset=16 (local.get $j))))
          (local.set $mag (call $square (local.get $dx) (local.get $dy) (local.get $dz)))
          (local.set $mag (f64.div (f64.const 0.01) (f64.mul (local.get $mag) (f64.sqrt (local.get $mag)))))
          (f64.store offset=24 (local.get $i)
            (f64.sub (f64.load offset=24 (local.get $i))
              (f64.mul (f64.mul (local.get $dx) (f64.load offset=48 (local.get $j))) (local.get $mag))))
          (f64.store offset=24 (local.get $j)
            (f64.add (f64.load offset=24 (local.get $j))
              (f64.mul (f64.mul (local.get $dx) (f64.load offset=48 (local.get $i))) (local.get $mag))))
          (f64.store offset=32 (local.get $i)
            (f64.sub (f64.load offset=32 (local.get $i))
              (f64.mul (f64.mul (local.get $dy) (f64.load offset=48 (local.get $j))) (local.get $mag))))
          (f64.store offset=32 (local.get $j)
            (f64.add (f64.load offset=32 (local.get $j))
              (f64.mul (f64.mul (local.get $dy) (f64.load offset=48 (local.get $i))) (local.get $mag))))
          (f64.store offset=40 (local.get $i)
            (f64.sub (f64.load offset=40 (local.get $i))
              (f64.mul (f64.mul (local.get $dz) (f64.load offset=48 (local.get $j))) (local.get $mag))))
          (f64.store offset=40 (local.get $j)
            (f64.add (f64.load offset=40 (local.get $j))
              (f64.mul (f64.mul (local.get $dz) (f64.load offset=48 (local.get $i))) (local.get $mag))))
          (local.set $j (i32.add (local.get $j) (i32.const 56)))
          (br $others)))
      (br_if $bodies (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 56))) (i32.const 280))))
    (local.set $i (i32.const 0))
    (loop $positions
      (f64.store (local.get $i)
        (f64.add (f64.load (local.get $i)) (f64.mul (f64.const 0.01) (f64.load offset=24 (local.get $i)))))
      (f64.store offset=8 (local.get $i)
        (f64.add (f64.load offset=8 (local.get $i)) (f64.mul (f64.const 0.01) (f64.load offset=32 (local.get $i)))))
      (f64.store offset=16 (local.get $i)
        (f64.add (f64.load offset=16 (local.get $i)) (f64.mul (f64.const 0.01) (f64.load offset=40 (local.get $i)))))
      (br_if $positions
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 56))) (i32.const 280)))))
  (func $energy (result f64)
    (local $i i32) (local $j i32) (local $sum f64)
    (loop $bodies
      (local.set $sum
        (f64.add (local.get $sum)
          (f64.mul
            (f64.mul (f64.const 0.5) (f64.load offset=48 (local.get $i)))
            (call $square
              (f64.load offset=24 (local.get $i))
              (f64.load offset=32 (local.get $i))
              (f64.load offset=40 (local.get $i))))))
      (local.set $j (i32.add (local.get $i) (i32.const 56)))
      (block $last
        (loop $others
          (br_if $last (i32.ge_u (local.get $j) (i32.const 280)))
          (local.set $sum
            (f64.sub (local.get $sum)
              (f64.div
                (f64.mul (f64.load offset=48 (local.get $i)) (f64.load offset=48 (local.get $j)))
                (f64.sqrt
                  (call $square
                    (f64.sub (f64.load (local.get $i)) (f64.load (local.get $j)))
                    (f64.sub (f64.load offset=8 (local.get $i)) (f64.load offset=8 (local.get $j)))
                    (f64.sub (f64.load offset=16 (local.get $i)) (f64.load offset=16 (local.get $j))))))))
          (local.set $j (i32.add (local.get $j) (i32.const 56)))
          (br $others)))
      (br_if $bodies (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 56))) (i32.const 280))))
    (local.get $sum))
  (func (export "run") (param $n i32) (result f64)
    (memory.init $bodies (i32.const 0) (i32.const 0) (i32.const 280))
    (loop $steps
      (call $advance)
      (br_if $steps (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (call $energy)))

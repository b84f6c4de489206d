;; A bytecode interpreter: one loop around one br_table. Its program adds up the lengths of the Collatz sequences
;; of all numbers up to n. Code is (operation, register, operand) of a byte each; operands are registers,
;; small constants or places to go on. Registers, i32, stand at 64: 0 number, 1 value, 2 length, 3 bit.
(module
  (memory 1)
  (data (i32.const 0)
    "\00\01\00" ;; 0 value = number
    "\01\01\01" ;; 1 if value == 1 go to 10
    "\0a\00\00" ;;   (its target)
    "\02\02\01" ;; 3 length += 1
    "\03\03\01" ;; 4 bit = value & 1
    "\04\03\08" ;; 5 if bit == 0 go to 8
    "\05\01\03" ;; 6 value = value * 3 + 1
    "\06\00\01" ;; 7 go to 1
    "\07\01\01" ;; 8 value >>= 1
    "\06\00\01" ;; 9 go to 1
    "\08\00\01" ;; 10 number -= 1
    "\09\00\00" ;; 11 if number != 0 go to 0
    "\0b\02\00") ;; 12 answer length
  (func (export "run") (param $n i32) (result i32)
    (local $pc i32) (local $at i32) (local $register i32) (local $operand i32)
    (i32.store offset=64 (i32.const 0) (local.get $n))
    (i32.store offset=72 (i32.const 0) (i32.const 0))
    (loop $next
      (local.set $at (i32.mul (local.get $pc) (i32.const 3)))
      (local.set $register (i32.shl (i32.load8_u offset=1 (local.get $at)) (i32.const 2)))
      (local.set $operand (i32.load8_u offset=2 (local.get $at)))
      (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
      (block $answer (block $bad (block $jump-if-not-zero (block $decrement (block $halve (block $jump
      (block $triple (block $jump-if-zero (block $low-bit (block $increment (block $jump-if-one (block $move
        (br_table $move $jump-if-one $increment $low-bit $jump-if-zero $triple $jump $halve $decrement
          $jump-if-not-zero $bad $answer $bad (i32.load8_u (local.get $at))))
        ;; move
        (i32.store offset=64 (local.get $register)
          (i32.load offset=64 (i32.shl (local.get $operand) (i32.const 2))))
        (br $next))
        ;; jump-if-one: the next entry says where to, and is passed over otherwise
        (local.set $pc
          (select
            (i32.load8_u offset=3 (local.get $at))
            (i32.add (local.get $pc) (i32.const 1))
            (i32.eq (i32.load offset=64 (local.get $register)) (local.get $operand))))
        (br $next))
        ;; increment
        (i32.store offset=64 (local.get $register)
          (i32.add (i32.load offset=64 (local.get $register)) (local.get $operand)))
        (br $next))
        ;; low bit of the register that the operand names
        (i32.store offset=64 (local.get $register)
          (i32.and
            (i32.load offset=64 (i32.shl (local.get $operand) (i32.const 2)))
            (i32.const 1)))
        (br $next))
        ;; jump-if-zero
        (if (i32.eqz (i32.load offset=64 (local.get $register)))
          (then (local.set $pc (local.get $operand))))
        (br $next))
        ;; triple
        (i32.store offset=64 (local.get $register)
          (i32.add
            (i32.mul (i32.load offset=64 (local.get $register)) (local.get $operand))
            (i32.const 1)))
        (br $next))
        ;; jump
        (local.set $pc (local.get $operand))
        (br $next))
        ;; halve
        (i32.store offset=64 (local.get $register)
          (i32.shr_u (i32.load offset=64 (local.get $register)) (local.get $operand)))
        (br $next))
        ;; decrement
        (i32.store offset=64 (local.get $register)
          (i32.sub (i32.load offset=64 (local.get $register)) (local.get $operand)))
        (br $next))
        ;; jump-if-not-zero
        (if (i32.load offset=64 (local.get $register))
          (then (local.set $pc (local.get $operand))))
        (br $next))
        ;; bad
        (unreachable))
      ;; answer
      (return (i32.load offset=64 (local.get $register))))
    (unreachable)))

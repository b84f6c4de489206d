;; The lengths of the words of a text: how many there are, sorted, with sum, median and a checksum.
(local $text i32)
(local $at i32)
(local $end i32)
(local $byte i32)
(local $length i32)
(local $count i32)
(local $table i32)
(local $result i32)
(local $size i32)
(local $sum i64)
(local $check i32)
(local $i i32)
(local $j i32)
(local $held i32)
(local $mean f64)

(call $core.argv (i32.const 0))
(local.set $held)
(local.set $text)
(if (local.get $held) (then (return (local.get $held))))
(local.set $size (i32.load (local.get $text)))
(local.set $at (i32.add (local.get $text) (i32.const 4)))
(local.set $end (i32.add (local.get $at) (local.get $size)))

;; There is at most one word for every two bytes, and one more; memory comes in pages.
(local.set $held (i32.add (i32.shl (local.get $size) (i32.const 1)) (i32.const 65544)))
(local.set $table (memory.grow (i32.shr_u (local.get $held) (i32.const 16))))
(if (i32.eq (local.get $table) (i32.const -1)) (then (return (i32.const 2))))
(local.set $table (i32.shl (local.get $table) (i32.const 16)))

(local.set $check (i32.const 0x811c9dc5))
(block $done
  (loop $next
    (local.set $byte (i32.const 32))
    (if (i32.lt_u (local.get $at) (local.get $end))
      (then (local.set $byte (i32.load8_u (local.get $at)))))
    (if (i32.gt_u (local.get $byte) (i32.const 32))
      (then (local.set $length (i32.add (local.get $length) (i32.const 1))))
      (else
        (if (local.get $length)
          (then
            (i32.store
              (i32.add (local.get $table) (i32.shl (local.get $count) (i32.const 2)))
              (local.get $length))
            (local.set $count (i32.add (local.get $count) (i32.const 1)))
            (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $length))))))
        (local.set $length (i32.const 0))))
    (local.set $check
      (i32.mul (i32.xor (local.get $check) (local.get $byte)) (i32.const 16777619)))
    (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br $next)))

;; Insertion sort, in flat WAT.
i32.const 1
local.set $i
block $sorted
  loop $outer
    local.get $i
    local.get $count
    i32.ge_u
    br_if $sorted
    local.get $table
    local.get $i
    i32.const 2
    i32.shl
    i32.add
    i32.load
    local.set $held
    local.get $i
    local.set $j
    block $placed
      loop $inner
        local.get $j
        i32.eqz
        br_if $placed
        (br_if $placed
          (i32.le_u
            (i32.load (i32.add (local.get $table) (i32.shl (i32.sub (local.get $j) (i32.const 1)) (i32.const 2))))
            (local.get $held)))
        (i32.store
          (i32.add (local.get $table) (i32.shl (local.get $j) (i32.const 2)))
          (i32.load (i32.add (local.get $table) (i32.shl (i32.sub (local.get $j) (i32.const 1)) (i32.const 2)))))
        (local.set $j (i32.sub (local.get $j) (i32.const 1)))
        br $inner
      end
    end
    (i32.store (i32.add (local.get $table) (i32.shl (local.get $j) (i32.const 2))) (local.get $held))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    br $outer
  end
end
(if (local.get $count)
  (then (local.set $mean (f64.div (f64.convert_i64_s (local.get $sum)) (f64.convert_i32_u (local.get $count))))))
(i32.store (local.get $table) (i32.const 16))
(i32.store offset=4 (local.get $table) (local.get $check))
(i32.store offset=8 (local.get $table) (local.get $count))
(f64.store offset=12 align=4 (local.get $table) (local.get $mean))
(resv $table)

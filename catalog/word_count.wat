;;| name = "word_count"
;;| description = "Counts the words of a text; words are what stands between spaces, tabs and line ends."
;;| signature = "(text: string) -> i32"
;;|
;;| [[example]]
;;| says = "count the words in: the quick brown fox"
;;| args = ["the quick brown fox"]
;;| result = 4
;;|
;;| [[example]]
;;| says = "how many words are in Grüße aus Köln?"
;;| args = ["Grüße aus Köln"]
;;| result = 3
;;|
;;| [[example]]
;;| args = [" two\t\n words "]
;;| result = 2

(local $at i32)
(local $end i32)
(local $words i32)
(local $inside i32)
(local $word_byte i32)

(argv 0 $text)

;; A string is a u32 byte length and then its UTF-8.
(local.set $at (i32.add (local.get $text) (i32.const 4)))
(local.set $end (i32.add (local.get $at) (i32.load (local.get $text))))

(block $done
  (loop $next
    (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
    ;; White space is at or below 32; bytes of other alphabets are above 127.
    (local.set $word_byte (i32.gt_u (i32.load8_u (local.get $at)) (i32.const 32)))
    ;; A word begins where white space ends.
    (local.set $words
      (i32.add (local.get $words) (i32.gt_u (local.get $word_byte) (local.get $inside))))
    (local.set $inside (local.get $word_byte))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br $next)))

;; The text is not needed any more: its length field takes the answer.
(i32.store (local.get $text) (local.get $words))
(resv $text)

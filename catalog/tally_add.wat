;;| name = "tally_add"
;;| description = "Adds to one of the channel's tallies, and says what it comes to."
;;| signature = "(name: string, amount: f64) -> string"
;;| grants = ["kv_channel"]
;;|
;;| [[example]]
;;| says = "add 2 to the tally coffees"
;;| args = ["coffees", 2]
;;| result = "coffees: 7"
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["tally/"]
;;| value = '{"tally/bugs":"7","tally/coffees":"5"}'
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| args = ["tally/coffees", 2]
;;| value = 7
;;|
;;| [[example]]
;;| says = "put 1.5 hours on our tally Überstunden"
;;| args = ["Überstunden", 1.5]
;;| result = "Überstunden: 1.5"
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["tally/"]
;;| value = '{}'
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| args = ["tally/Überstunden", 1.5]
;;| value = 1.5
;;|
;;| [[example]]
;;| args = [" ", 1]
;;| result = "What is to be counted?"
;;|
;;| [[example]]
;;| args = ["coffees", 1]
;;| result = "Coffees: 8"
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["tally/"]
;;| value = '{"tally/Coffees":"7"}'
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| args = ["tally/Coffees", 1]
;;| value = 8
;;|
;;| [[example]]
;;| args = ["coffees", 1]
;;| result = "Coffees: 11"
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["tally/"]
;;| value = '{"tally/Coffees":"7","tally/coffees":"3"}'
;;| [[example.host]]
;;| call = "kv_channel.add"
;;| args = ["tally/Coffees", 1]
;;| value = 8

(let $name (string.trim $name))
(if (= $name "") (resv "What is to be counted?"))
;; Coffees and coffees are one tally, under the name that it got first; two people at once may have made two.
(let $tallies (kv_channel.entries "tally/"))
(let $same (list))
(each $key (json.keys $tallies)
  (if (= (string.lower (string.slice $key 6)) (string.lower $name)) (array.push $same $key)))
(let $own (text (default (at $same 0) (format "tally/{$name}"))))
(let $sum (catch $err (kv_channel.add $own $amount)))
(if (= $err ETRFM) (resv "This was not counted: the sum would be no number."))
(check $err)
(each $key $i $same
  (if (> $i 0) (let $sum (+ $sum (f64 (at $tallies $key))))))
;; 0.1 and 0.2 make 0.3 here too.
(format "{}: {}" (string.slice $own 6) (number.round $sum 10))

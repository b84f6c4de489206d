;;| name = "remind_list"
;;| description = "Your reminders with their times (UTC), the earliest first, and which are due."
;;| signature = "() -> string"
;;| grants = ["kv_user", "time"]
;;|
;;| [[example]]
;;| says = "what are my reminders?"
;;| args = []
;;| result = """
;;|- 2: 2026-11-20 09:00 **due** send the report
;;|- 10: 2026-12-01 00:00 renew the certificate"""
;;| [[example.host]]
;;| call = "kv_user.entries"
;;| args = ["remind/item/"]
;;| value = '''
;;|{"remind/item/10": "{\"text\":\"renew the certificate\",\"due\":1796083200000}",
;;| "remind/item/2": "{\"text\":\"send the report\",\"due\":1795165200000}"}'''
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;|
;;| [[example]]
;;| says = "show my reminders"
;;| args = []
;;| result = "You have no reminders."
;;| [[example.host]]
;;| call = "kv_user.entries"
;;| value = "{}"

(let $entries (kv_user.entries "remind/item/"))
(if (= (len $entries) 0) (resv "You have no reminders."))
(let $items (list))
(each $key $entries
  (let $item (json.parse (at $entries $key)))
  (put $item "number" (string.slice $key 12))
  (array.push $items $item))
(let $now (time.now))
(let $lines (list))
(each $item (array.sort $items "due")
  (array.push $lines
    (format "- {}: {}{} {}"
      (at $item "number")
      (time.format (at $item "due"))
      (if (<= (at $item "due") $now) " **due**" "")
      (at $item "text"))))
(string.join $lines "\n")

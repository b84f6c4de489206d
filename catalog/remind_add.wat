;;| name = "remind_add"
;;| description = "Notes what to be reminded of and when (UTC), for remind_list; nothing rings."
;;| signature = "(text: string, due: string) -> string"
;;| grants = ["kv_user"]
;;|
;;| [[example]]
;;| says = "remember to renew the certificate by 2026-12-01"
;;| args = ["renew the certificate", "2026-12-01"]
;;| result = "Noted as 3 for Tuesday, 1 December 2026, 00:00: renew the certificate"
;;| [[example.host]]
;;| call = "kv_user.add"
;;| args = ["remind/last", 1]
;;| value = 3
;;| [[example.host]]
;;| call = "kv_user.set"
;;| args = ["remind/item/3", '{"text":"renew the certificate","due":1796083200000}']
;;|
;;| [[example]]
;;| says = "remind me to renew the certificate on 2026-12-01"
;;| args = ["renew the certificate", "2026-12-01"]
;;| result = "Noted as 3 for Tuesday, 1 December 2026, 00:00: renew the certificate"
;;| [[example.host]]
;;| call = "kv_user.add"
;;| args = ["remind/last", 1]
;;| value = 3
;;| [[example.host]]
;;| call = "kv_user.set"
;;| args = ["remind/item/3", '{"text":"renew the certificate","due":1796083200000}']
;;|
;;| [[example]]
;;| says = "add a reminder: Rückruf bei Zoë on 24 Nov 2026 15:30"
;;| args = ["Rückruf bei Zoë", "24 Nov 2026 15:30"]
;;| result = "Noted as 4 for Tuesday, 24 November 2026, 15:30: Rückruf bei Zoë"
;;| [[example.host]]
;;| call = "kv_user.add"
;;| value = 4
;;| [[example.host]]
;;| call = "kv_user.set"
;;|
;;| [[example]]
;;| args = ["call back", "tomorrow"]
;;| result = "Write the time as 2026-12-01 or 2026-12-01 15:30."
;;|
;;| [[example]]
;;| args = [" ", "2026-12-01"]
;;| result = "What is to be remembered?"

(let $text (string.trim $text))
(if (= $text "") (resv "What is to be remembered?"))
(let $at (catch $err (time.parse $due)))
(if $err (resv "Write the time as 2026-12-01 or 2026-12-01 15:30."))
(let $number (kv_user.add "remind/last"))
(kv_user.set (format "remind/item/{$number}") (json.stringify (object "text" $text "due" $at)))
(format "Noted as {$number} for {}: {$text}" (time.format $at "EEEE, d MMMM yyyy, HH:mm"))

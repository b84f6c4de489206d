;;| name = "remind_done"
;;| description = "Takes one of your reminders off the list by its number."
;;| signature = "(number: i32) -> string"
;;| grants = ["kv_user"]
;;|
;;| [[example]]
;;| says = "reminder 3 is done"
;;| args = [3]
;;| result = "Reminder 3 is off the list."
;;| [[example.host]]
;;| call = "kv_user.delete"
;;| args = ["remind/item/3"]
;;|
;;| [[example]]
;;| says = "delete my reminder number 12"
;;| args = [12]
;;| result = "You have no reminder 12."
;;| [[example.host]]
;;| call = "kv_user.delete"
;;| status = "ENOENT"
;;| message = 'nothing is stored under "remind/item/12"'

(catch $err (kv_user.delete (format "remind/item/{$number}")))
(if (= $err ENOENT) (resv (format "You have no reminder {$number}.")))
(check $err)
(format "Reminder {$number} is off the list.")

;;| name = "standup_summary"
;;| description = "The standup notes of the channel from so many hours, one for each person."
;;| signature = "(hours: i32) -> string"
;;| grants = ["kv_channel", "time"]
;;|
;;| [[example]]
;;| says = "standup summary of the last 24 hours"
;;| args = [24]
;;| result = """
;;|- **Ada**: tests are green
;;|- **Jürgen**: blocked by the review"""
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| args = ["standup/"]
;;| value = '''
;;|{"standup/U1": "{\"name\":\"Ada\",\"note\":\"tests are green\",\"at\":1795358400000}",
;;| "standup/U2": "{\"name\":\"Jürgen\",\"note\":\"blocked by the review\",\"at\":1795308400000}",
;;| "standup/U3": "{\"name\":\"Grace\",\"note\":\"on holiday\",\"at\":1795008400000}"}'''
;;|
;;| [[example]]
;;| says = "what did people say for standup in the past 8 hours?"
;;| args = [8]
;;| result = "Nobody left a note."
;;| [[example.host]]
;;| call = "time.now"
;;| value = 1795361400000
;;| [[example.host]]
;;| call = "kv_channel.entries"
;;| value = "{}"

(let $since (- (time.now) (* 3600000.0 $hours)))
(let $lines (list))
(each $text (json.values (kv_channel.entries "standup/"))
  (let $entry (json.parse $text))
  (if (>= (at $entry "at") $since)
    (array.push $lines (format "- **{}**: {}" (at $entry "name") (at $entry "note")))))
(if (= (len $lines) 0) "Nobody left a note." (string.join $lines "\n"))

(let $hour (time.format (time.now) "HH" $zone))
(if (< $hour "12") (resv (format "Good morning, {$name}!")))
(if (< $hour "18") (resv (format "Good afternoon, {$name}!")))
(format "Good evening, {$name}!")

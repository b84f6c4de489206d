(let $ms (time.parse $utc))
(let $out (list))
(each $zone $zones
  (array.push $out (format "{}: {}" $zone (time.format $ms "yyyy-MM-dd HH:mm" (text $zone)))))
(string.join $out "\n")

(let $ms (time.parse $utc))
(let $rows (list))
(each $zone $zones
  (array.push $rows (format "{}: {}" $zone (time.format $ms "yyyy-MM-dd HH:mm" $zone))))
(string.join $rows "\n")

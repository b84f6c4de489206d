(let $out (list))
(for $i 0 (min (len $keys) (len $values))
  (array.push $out (format "{}={}" (at $keys $i) (at $values $i))))
$out

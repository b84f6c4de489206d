(let $found false)
(let $top (i64 0))
(let $answer "")
(each $team (at (json.parse $staff) "teams")
  (each $person (at $team "people")
    (let $salary (i64 (at $person "salary")))
    (if (or (not $found) (> $salary $top))
      (then
        (let $found true)
        (let $top $salary)
        (let $answer (format "{} ({}): {$salary}" (at $person "name") (at $team "team")))))))
(if (not $found) (fail ENOENT))
$answer

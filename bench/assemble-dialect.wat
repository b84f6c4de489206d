;; Open issues by assignee and label, what is overdue, and a digest that is kept for tomorrow.
(let $issues (http.get_json (format "https://tracker.example.com/projects/{}/issues" (url.encode $project))))
(if (= (len $issues) 0) (resv (format "{$project} has no issues.")))
(let $today (/ (time.now) 86400000))
(let $open 0)
(let $overdue (list))
(let $assignees (list))
(let $labels (list))
(let $effort (list))
(let $estimated 0.0)
(let $largest 0.0)
(let $largestTitle "")

(each $issue $issues
  (if (!= (at $issue "state") "open") (continue))
  (let $open (+ $open 1))
  (let $title (string.truncate (default (text (at $issue "title")) "(untitled)") 60))
  (array.push $assignees (default (text (at $issue "assignee.name")) "nobody"))
  (each $label (default (at $issue "labels") (list))
    (array.push $labels (string.lower (text $label))))
  (let $hours (default (f64 (at $issue "estimate")) 0.0))
  (if (> $hours 0)
    (then
      (array.push $effort $hours)
      (let $estimated (+ $estimated $hours))
      (if (> $hours $largest)
        (then
          (let $largest $hours)
          (let $largestTitle $title)))))
  (let $due (catch $err (text (at $issue "due"))))
  (if (and (!= $err SUCCESS) (!= $err ENOENT)) (fail EPARSE))
  (if (= $err SUCCESS)
    (then
      (let $day (/ (time.parse $due) 86400000))
      (if (< $day $today)
        (then
          (array.push $overdue
            (object "title" $title "days" (- $today $day) "due" $due)))))))

(if (= $open 0) (resv (format "All {} issues of {$project} are closed." (len $issues))))

;; The last two weeks, as numbers in memory.
(let $days 14)
(let $opened (new i32 $days))
(let $closed (new i32 $days))
(each $issue $issues
  (let $age (i32 (- $today (/ (time.parse (text (at $issue "created"))) 86400000))))
  (if (and (>= $age 0) (< $age $days))
    (then (put $opened $age (+ 1 (at $opened $age)))))
  (let $end (default (text (at $issue "closed")) ""))
  (if (!= $end "")
    (then
      (let $ago (i32 (- $today (/ (time.parse $end) 86400000))))
      (if (and (>= $ago 0) (< $ago $days))
        (then (put $closed $ago (+ 1 (at $closed $ago))))))))

(let $bars (list))
(for $week 0 2
  (let $more 0)
  (for $night 0 7
    (let $place (+ $night (* $week 7)))
    (let $more (+ $more (- (at $opened $place) (at $closed $place)))))
  (array.push $bars
    (format "{}: {}{}" (if (= $week 0) "this week" "last week") (if (> $more 0) "+" "") $more)))

(let $rows (list "| who | open |" "|---|---|"))
(let $counts (array.count_by $assignees))
(each $name $counts
  (array.push $rows (format "| {$name} | {} |" (at $counts $name))))

(let $parts (list (format "*{$project}*: {$open} open, {} overdue" (len $overdue))))
(array.push $parts (string.join $bars ", "))
(array.push $parts (string.join $rows "\n"))
(if (> (len $effort) 0)
  (then
    (let $mean (/ $estimated (f64 (len $effort))))
    (array.push $parts
      (format "{:.1} hours estimated, {:.1} on average; most: {$largestTitle} ({:.1})" $estimated $mean $largest))))

(let $shown 0)
(each $item $i $overdue
  (if (>= $shown 5) (break))
  (let $late (i32 (at $item "days")))
  (array.push $parts
    (format "{}. {} was due {} ({$late} {} ago)"
      (+ $i 1) (at $item "title") (at $item "due") (if (= $late 1) "day" "days")))
  (let $shown (+ $shown 1)))
(if (> (len $overdue) $shown)
  (then (array.push $parts (format "and {} more" (- (len $overdue) $shown)))))

;; How it stands against the last time.
(let $key (format "digest/{$project}"))
(let $before (default ENOENT (i32 (kv.get $key)) -1))
(kv.set $key $open)
(if (and (>= $before 0) (!= $before $open))
  (then
    (let $change (abs (- $open $before)))
    (array.push $parts (format "{$change} {} than last time" (if (> $open $before) "more" "fewer")))))
(debug.log (format "{} parts" (len $parts)))
(string.join $parts "\n")

(let $g 0)
(each $number $numbers
  (let $a $number)
  (while (!= $a 0)
    (let $t (% $g $a))
    (let $g $a)
    (let $a $t)))
$g

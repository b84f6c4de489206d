(let $g 0)
(each $x $numbers
  (let $a $g)
  (let $b (i32 $x))
  (while (!= $b 0)
    (let $t (% $a $b))
    (let $a $b)
    (let $b $t))
  (let $g $a))
$g

(let $sum 0.0)
(each $item (at (json.parse $order) "items")
  (let $quantity (default (f64 (at $item "quantity")) 1.0))
  (let $sum (+ $sum (* (f64 (at $item "price")) $quantity))))
$sum

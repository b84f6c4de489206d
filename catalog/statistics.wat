;;| name = "statistics"
;;| description = "Count, sum, mean, median, deviation and range of numbers; commas separate them."
;;| signature = "(text: string) -> string"
;;|
;;| [[example]]
;;| says = "statistics of 4, 8, 15, 16, 23, 42"
;;| args = ["4, 8, 15, 16, 23, 42"]
;;| result = """
;;|6 numbers from 4 to 42, 108 in all
;;|- Mean: 18
;;|- Median: 15.5
;;|- Standard deviation: 13.4907"""
;;|
;;| [[example]]
;;| says = "what are mean and median of Berlin -3.5 °C, Köln 0.25 °C, Oslo -11 °C?"
;;| args = ["Berlin -3.5 °C, Köln 0.25 °C, Oslo -11 °C"]
;;| result = """
;;|3 numbers from -11 to 0.25, -14.25 in all
;;|- Mean: -4.75
;;|- Median: -3.5
;;|- Standard deviation: 5.7282"""
;;|
;;| [[example]]
;;| args = ["just 7"]
;;| result = """
;;|1 number from 7 to 7, 7 in all
;;|- Mean: 7
;;|- Median: 7
;;|- Standard deviation: –"""
;;|
;;| [[example]]
;;| args = ["none at all"]
;;| result = "There are no numbers in the text."
;;|
;;| [[example]]
;;| args = ["1,234.5 and 1,000.5, 1"]
;;| result = """
;;|3 numbers from 1 to 1234.5, 2236 in all
;;|- Mean: 745.3333
;;|- Median: 1000.5
;;|- Standard deviation: 655.1436"""
;;|
;;| [[example]]
;;| args = ["12,50 €; 3,20 €"]
;;| result = """
;;|2 numbers from 3.2 to 12.5, 15.7 in all
;;|- Mean: 7.85
;;|- Median: 7.85
;;|- Standard deviation: 6.5761"""
;;|
;;| [[example]]
;;| args = ["0.1, 0.2"]
;;| result = """
;;|2 numbers from 0.1 to 0.2, 0.3 in all
;;|- Mean: 0.15
;;|- Median: 0.15
;;|- Standard deviation: 0.0707"""
;;|
;;| [[example]]
;;| args = ["5 kg, 300 g"]
;;| result = "The numbers are not all of one unit."
;;|
;;| [[example]]
;;| args = ["2026-11-22, 5"]
;;| result = "It is not clear which number 2026-11-22 is."
;;|
;;| [[example]]
;;| args = ["0.00001, 0.00002"]
;;| result = """
;;|2 numbers from 0.00001 to 0.00002, 0.00003 in all
;;|- Mean: 0.000015
;;|- Median: 0.000015
;;|- Standard deviation: 0.0000070711"""

;; Dates, times and what can be read in several ways have no value.
(let $found (number.find_all $text))
(each $one $found
  (if (= (at $one "value") null) (resv (format "It is not clear which number {} is." (at $one "text")))))
(if (> (len (array.unique (array.pluck $found "unit"))) 1) (resv "The numbers are not all of one unit."))
(let $numbers (array.pluck $found "value"))
(let $count (len $numbers))
(if (= $count 0) (resv "There are no numbers in the text."))
(if (not (<= (abs (array.sum $numbers)) 1e300)) (resv "The sum is beyond all numbers."))
(let $mean (array.mean $numbers))
(let $spread (default (array.stdev $numbers) 0.0))
;; Four digits are enough for all but what is very small.
(format """{$count} {} from {} to {}, {} in all
- Mean: {}
- Median: {}
- Standard deviation: {}"""
  (if (= $count 1) "number" "numbers")
  (array.min $numbers)
  (array.max $numbers)
  (array.sum $numbers)
  (number.round $mean (if (< (abs $mean) 0.01) 10 4))
  (array.median $numbers)
  (if (= $count 1) "–" (text (number.round $spread (if (< $spread 0.01) 10 4)))))

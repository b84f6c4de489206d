(format "{:.1} °C = {:.1} °F" $celsius (+ (/ (* $celsius 9.0) 5.0) 32.0))

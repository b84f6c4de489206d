(array.reverse (array.sort (array.unique $numbers)))

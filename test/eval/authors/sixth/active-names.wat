(array.sort (array.pluck (array.where (json.parse $users) "active" true) "name"))

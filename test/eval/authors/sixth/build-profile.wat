(json.stringify (object "name" $name "age" $age "tags" $tags "adult" (>= $age 18)))

;;| name = "uuid"
;;| description = "A new random UUID (version 4)."
;;| signature = "() -> string"
;;| grants = ["random"]
;;|
;;| [[example]]
;;| says = "give me a uuid"
;;| args = []
;;| result = "0b8c3a52-6f1e-4d3b-9a77-2c5e8f10d4aa"
;;| [[example.host]]
;;| call = "random.uuid"
;;| value = "0b8c3a52-6f1e-4d3b-9a77-2c5e8f10d4aa"
;;|
;;| [[example]]
;;| says = "generate a uuid"
;;| args = []
;;| result = "0b8c3a52-6f1e-4d3b-9a77-2c5e8f10d4aa"
;;| [[example.host]]
;;| call = "random.uuid"
;;| value = "0b8c3a52-6f1e-4d3b-9a77-2c5e8f10d4aa"
;;|
;;| [[example]]
;;| says = "I need a new random id"
;;| args = []
;;| result = "4d9d1c0e-52c6-4f0e-8a3b-6d1b7e2f9c55"
;;| [[example.host]]
;;| call = "random.uuid"
;;| value = "4d9d1c0e-52c6-4f0e-8a3b-6d1b7e2f9c55"

(random.uuid)

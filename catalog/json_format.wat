;;| name = "json_format"
;;| description = "Writes JSON over indented lines, or says where it is not JSON."
;;| signature = "(json: string) -> string"
;;|
;;| [[example]]
;;| says = 'pretty print {"b":[1,2],"a":{}}'
;;| args = ['{"b":[1,2],"a":{}}']
;;| result = """
;;|{
;;|  "b": [
;;|    1,
;;|    2
;;|  ],
;;|  "a": {}
;;|}"""
;;|
;;| [[example]]
;;| says = 'format this JSON: "h\u00e9"'
;;| args = ['"h\u00e9"']
;;| result = '"hé"'
;;|
;;| [[example]]
;;| says = "indent the json []"
;;| args = ["[]"]
;;| result = "[]"
;;|
;;| [[example]]
;;| args = ["12345678901234567890"]
;;| result = "12345678901234567890"

(json.stringify (json.parse $json) 2)

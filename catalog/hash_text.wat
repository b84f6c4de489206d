;;| name = "hash_text"
;;| description = "Gives the sha256, sha512, sha1, md5 or crc32 of a text, in hex."
;;| signature = "(text: string, algorithm: string) -> string"
;;|
;;| [[example]]
;;| says = "hash 'hello' with sha256"
;;| args = ["hello", "sha256"]
;;| result = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
;;|
;;| [[example]]
;;| says = "checksum of Grüße as MD5"
;;| args = ["Grüße", "MD5"]
;;| result = "49c5f675b49037b6044b803ac9d1a6d7"
;;|
;;| [[example]]
;;| says = "MD5 of Grüße"
;;| args = ["Grüße", "MD5"]
;;| result = "49c5f675b49037b6044b803ac9d1a6d7"
;;|
;;| [[example]]
;;| args = ["", "SHA-1"]
;;| result = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
;;|
;;| [[example]]
;;| says = "hash x with rot13"
;;| args = ["x", "rot13"]
;;| result = "There is no rot13 here, but sha256, sha512, sha1, md5 and crc32."
;;|
;;| [[example]]
;;| args = ["hello", " "]
;;| result = "Name an algorithm: sha256, sha512, sha1, md5 or crc32."
;;|
;;| [[example]]
;;| args = ["", "SHA 256"]
;;| result = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

(let $name (regex.replace (string.lower $algorithm) "[\\s_-]" ""))
(if (= $name "") (resv "Name an algorithm: sha256, sha512, sha1, md5 or crc32."))
(if (= $name "sha256") (resv (hash.sha256 $text)))
(if (= $name "sha512") (resv (hash.sha512 $text)))
(if (= $name "sha1") (resv (hash.sha1 $text)))
(if (= $name "md5") (resv (hash.md5 $text)))
(if (= $name "crc32") (resv (hash.crc32 $text)))
(format "There is no {$algorithm} here, but sha256, sha512, sha1, md5 and crc32.")

/** The rules of the language that hold whatever is granted. */
export const LANGUAGE = `## The language

A program is the body of one WebAssembly function in WAT-plus. Write the body only: no module, func, import, export, memory or data; they are put around it.

- Instructions are those of WAT, folded or flat, on i32, i64, f32 and f64. There are no tables, no calls but those of host functions, and no memory of earlier runs.
- \`(argv 0 $x)\` declares the local $x and points it at argument 0.
- \`(resv $p)\` hands over the value at pointer $p as the result and ends the program. Without a result, end with the status: \`(i32.const 0)\`.
- \`(check $err)\` ends the program with the status in $err unless it is 0.
- \`"text"\`, and \`"""text"""\` over several lines, is a pointer to that text. Escapes: \\n \\t \\r \\" \\\\ \\u{1f600}.
- \`(local $x i32)\` declares a local and may stand anywhere. Declare every local but those of argv; each name has one type.

Values are little-endian in linear memory and reached by i32 pointers: a string is a u32 byte length and then its UTF-8; bool is 1 byte, i32 is 4, i64 and f64 are 8; a list, struct or option is a u32 byte length and then its contents, in order and without padding (an option begins with a byte 0 or 1). So argument 0 of type i32 is \`(i32.load (local.get $x))\` after \`(argv 0 $x)\`, and the address of an argument that is not needed any more may take a result of the same size. Room of your own: \`(memory.grow (i32.const 1))\` gives the number of a fresh page of 65,536 bytes; that number times 65536 is its address.

A host function takes plain numbers, or pointers to strings and bytes, and leaves two values: its result and, on top of it, its status. Take the status first, then the result, then check. A function without a result leaves a 0 in its place: drop it.

    (call $string.upper (local.get $x))
    (local.set $err)
    (local.set $y)
    (check $err)

Statuses: 0 SUCCESS, 1 ETRFM (a value could not be encoded or decoded), 2 ENOMEM (no memory left), 3 EACCESS (not allowed), 4 ENOENT (not there), 5 EBOUND (out of range), 6 EREMOTE (a remote call failed), 7 EPARSE (text could not be parsed).`;

/** A whole program to learn from, shown where every function that it calls is there. */
export interface PromptExample {
  readonly task: string;
  readonly signature: string;
  /** Host functions as `capability.name`. */
  readonly calls: readonly string[];
  readonly body: string;
}

export const EXAMPLES: readonly PromptExample[] = [
  {
    task: 'Fetch JSON, take one field and remember it under a key',
    signature: '(url: string, key: string) -> string',
    calls: ['http.get', 'json.parse', 'json.get', 'json.text', 'kv.set'],
    body: `(local $err i32) (local $body i32) (local $document i32) (local $part i32) (local $name i32)
(argv 0 $url)
(argv 1 $key)
(call $http.get (local.get $url))
(local.set $err)
(local.set $body)
(check $err)
(call $json.parse (local.get $body))
(local.set $err)
(local.set $document)
(check $err)
(call $json.get (local.get $document) "items.0.name")
(local.set $err)
(local.set $part)
(check $err)
(call $json.text (local.get $part) "")
(local.set $err)
(local.set $name)
(check $err)
(call $kv.set (local.get $key) (local.get $name))
(local.set $err)
(drop)
(check $err)
(resv $name)`,
  },
  {
    task: 'Say a sum in words: arithmetic, a string in place, a result that is made',
    signature: '(a: i32, b: i32) -> string',
    calls: ['string.from_i32', 'string.concat'],
    body: `(local $err i32) (local $digits i32) (local $line i32)
(argv 0 $a)
(argv 1 $b)
(call $string.from_i32 (i32.add (i32.load (local.get $a)) (i32.load (local.get $b))))
(local.set $err)
(local.set $digits)
(check $err)
(call $string.concat "The sum is " (local.get $digits))
(local.set $err)
(local.set $line)
(check $err)
(resv $line)`,
  },
  {
    task: 'Count the bytes of a text that are spaces: a loop over memory, a number as the result',
    signature: '(text: string) -> i32',
    calls: [],
    body: `(local $at i32) (local $end i32) (local $spaces i32)
(argv 0 $text)
(local.set $at (i32.add (local.get $text) (i32.const 4)))
(local.set $end (i32.add (local.get $at) (i32.load (local.get $text))))
(block $done
  (loop $next
    (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
    (local.set $spaces
      (i32.add (local.get $spaces) (i32.eq (i32.load8_u (local.get $at)) (i32.const 32))))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br $next)))
(i32.store (local.get $text) (local.get $spaces))
(resv $text)`,
  },
  {
    task: 'Give an argument back',
    signature: '(text: string) -> string',
    calls: [],
    body: `(argv 0 $text)
(resv $text)`,
  },
];

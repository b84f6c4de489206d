/** The rules of the language that hold whatever is granted. */
export const LANGUAGE = `## The language

A program is the body of one function in WAT-plus: typed S-expressions over WebAssembly text. Write the body only, no module, func, import, export or memory. Plain WAT instructions on i32, i64, f32 and f64 work everywhere too.

- The signature's parameters are there by name: \`(url: string, n: i32) -> string\` gives $url and $n. Its types: bool, i32, i64, f64, string, bytes, list<T>, map<T>, option<T>, {name: T}. Inside, a value is i32, i64, f64, bool, text, bytes, a list of numbers, or a JSON value (what a parameter of any other type is).
- Operands are bare: $x, 12, 1.5, true, null, "text" with \\n \\" \\\\ \\u{1f600}, """raw text, \\d too""". ;; begins a comment.
- \`(group.function A B)\` calls a host function below. Calls nest. If one fails, the program ends with its status unless it is caught: ETRFM bad data, ENOMEM, EACCESS not allowed, ENOENT not there, EBOUND out of range, EREMOTE, EPARSE.
- The value of the last form is the result. \`(resv E)\` gives it earlier, \`(fail ENOENT)\` ends with a status.
- Values become what is needed where nothing is lost: number to text, text to bytes, anything to JSON, JSON to text, number or bool, i32 to i64 to f64. Else cast: (i32 E) (i64 E) (f64 E) (bool E) (text E) (value E); (i32 "12") parses. What does not fit is EBOUND.

(let $x E): names a value, or changes it. Every local has one type.
(format "{} of {$n}: {:.2}" A B): text with holes, {:.2} with two decimals
(if C (then ...) (else ...)) or (if C A B): a statement or a value. (do ...): several forms as one
(for $i FROM TO ...): TO excluded. (while C ...). (each $x LIST ...), (each $x $index LIST ...), (each $name OBJECT ...). (break) (continue)
(+ A B ...) - * / min max, (- A) (% A B) (abs A); = != < <= > >=, for text too; and or not. Whole numbers divide to whole numbers, by 0 they trap. Beyond i32 is EBOUND: write 0.0 or (i64 E) for large numbers.
(catch $err E): the value of E, or its zero with the status in $err. (default E F): F when E fails, (default ENOENT E F) with that status. fail and resv end the program even there
(object "key" V ...) (list V ...): new JSON. (at X I) (put X I V): by index, key or path "items.0.name"; ENOENT if absent. Only a text written out is a path, $k is one key: (json.get X $path) for others. (len X): items, or characters of a text
(new i32 N): N numbers in memory, all 0, also for at, put, len, each`;

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
    task: 'Name the dearest item of a JSON document, with its price, and keep the name',
    signature: '(url: string) -> string',
    calls: ['http.get_json', 'kv.set'],
    body: `(let $best null)
(let $price -1.0)
(each $item (at (http.get_json $url) "items")
  (if (> (at $item "price") $price)
    (then
      (let $best $item)
      (let $price (f64 (at $item "price"))))))
(if (< $price 0) (fail ENOENT))
(kv.set "dearest" (at $best "name"))
(format "{} for {:.2}" (at $best "name") $price)`,
  },
  {
    task: 'Count lines by their first word, most frequent first; an absent word is no failure',
    signature: '(text: string) -> string',
    calls: ['string.lines', 'string.words', 'array.count_by', 'string.join'],
    body: `(let $firsts (list))
(each $line (string.lines $text)
  (let $word (default (text (at (string.words $line) 0)) ""))
  (if (!= $word "") (array.push $firsts (string.lower $word))))
(let $rows (list))
(let $counts (array.count_by $firsts))
(each $word $counts
  (array.push $rows (format "{}: {}" $word (at $counts $word))))
(string.join $rows "\\n")`,
  },
  {
    task: 'Add to a count that may not be there yet; any other failure stays one',
    signature: '(name: string, by: i32) -> string',
    calls: ['kv.get', 'kv.set'],
    body: `(let $count (+ $by (default ENOENT (i32 (kv.get $name)) 0)))
(kv.set $name $count)
(format "{$name} is {$count}")`,
  },
];

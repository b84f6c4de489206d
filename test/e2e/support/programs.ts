/** Programs as a model would write them, for the scripts of the end-to-end tests. */

/** Fetches JSON, takes the name out of it and remembers it under `name`. */
export const FETCH_AND_REMEMBER = {
  title: 'Fetch the on-call name and remember it',
  signature: '(url: string) -> string',
  body: `(local $err i32) (local $body i32) (local $document i32) (local $part i32) (local $name i32)
(argv 0 $url)
(call $http.get (local.get $url))
(local.set $err)
(local.set $body)
(check $err)
(call $json.parse (local.get $body))
(local.set $err)
(local.set $document)
(check $err)
(call $json.get (local.get $document) "on_call.name")
(local.set $err)
(local.set $part)
(check $err)
(call $json.text (local.get $part) "")
(local.set $err)
(local.set $name)
(check $err)
(call $kv.set "name" (local.get $name))
(local.set $err)
(drop)
(check $err)
(resv $name)`,
};

/** Gives what is remembered under `name`. */
export const RECALL = {
  title: 'Recall the on-call name',
  signature: '() -> string',
  body: `(local $err i32) (local $name i32)
(call $kv.get "name")
(local.set $err)
(local.set $name)
(check $err)
(resv $name)`,
};

export const GREETING = {
  title: 'Make a greeting',
  signature: '() -> string',
  body: '(resv "hello from wasm")',
};

/** The greeting with a misspelt instruction in line 2. */
export const MISSPELT_GREETING = {
  ...GREETING,
  body: '(local $p i32)\n(local.sett $p "hello from wasm")\n(resv (local.get $p))',
};

export const ENDLESS_LOOP = {
  title: 'Search for ever',
  signature: '() -> string',
  body: '(loop $again (br $again))\n(resv "never")',
};

/** What functions are called elsewhere, and what in ours, whatever the capability. */
export const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  add: ['push', 'set'],
  any: ['contains'],
  append: ['push', 'concat'],
  average: ['mean'],
  avg: ['mean'],
  capitalize: ['title'],
  choice: ['int'],
  complete: ['ask'],
  count: ['length'],
  distinct: ['unique'],
  downcase: ['lower'],
  each: ['map'],
  exists: ['has', 'contains', 'stat', 'get'],
  extract: ['find_all'],
  fetch: ['get'],
  filter: ['where', 'find'],
  find_index: ['index_of'],
  from_json: ['parse'],
  has: ['contains', 'get'],
  incr: ['add'],
  increment: ['add'],
  includes: ['contains'],
  get_bool: ['bool'],
  get_int: ['i32'],
  get_number: ['f64'],
  get_string: ['text'],
  get_text: ['text'],
  index: ['index_of', 'find'],
  index_of: ['find'],
  is_empty: ['length'],
  is_match: ['test'],
  join_all: ['join'],
  len: ['length'],
  load: ['parse', 'read'],
  lowercase: ['lower'],
  match_all: ['find_all'],
  matches: ['test', 'find_all'],
  print: ['log'],
  prompt: ['ask'],
  put: ['set'],
  read_file: ['read'],
  read_text: ['read'],
  remove: ['delete'],
  replace_all: ['replace'],
  rfind: ['find'],
  round_to: ['round'],
  search: ['find', 'match'],
  select: ['where'],
  shuffle: ['order'],
  size: ['length'],
  sort_by: ['sort'],
  sqr: ['pow'],
  std: ['stdev'],
  stddev: ['stdev'],
  strip: ['trim'],
  sub: ['slice', 'replace'],
  substr: ['slice'],
  substring: ['slice'],
  summarise: ['ask'],
  summarize: ['ask'],
  to_fixed: ['format'],
  to_json: ['stringify'],
  to_lower: ['lower'],
  to_lower_case: ['lower'],
  to_upper: ['upper'],
  to_upper_case: ['upper'],
  today: ['now'],
  total: ['sum'],
  uniq: ['unique'],
  upcase: ['upper'],
  uppercase: ['upper'],
  write_file: ['write'],
};

/** What the language has a form for, by what functions are called elsewhere that do it. */
const SAID_BY_FORMS: Readonly<Record<string, string>> = {
  abs: '(abs X)',
  at: '(at X INDEX)',
  each: '(each $x LIST ...)',
  filter: '(each $x LIST (if CONDITION (array.push $kept $x)))',
  first: '(at X 0)',
  for_each: '(each $x LIST ...)',
  format: '(format "{} {:.2}" A B)',
  get: '(at X KEY)',
  is_empty: '(= (len X) 0)',
  last: '(at X -1)',
  len: '(len X)',
  max: '(max A B)',
  min: '(min A B)',
  parse_float: '(f64 TEXT)',
  parse_int: '(i32 TEXT)',
  put: '(put X KEY VALUE)',
  reduce: '(each $x LIST (let $sum (+ $sum $x)))',
  set: '(put X KEY VALUE)',
  size: '(len X)',
  sprintf: '(format "{} {:.2}" A B)',
  to_float: '(f64 X)',
  to_int: '(i32 X)',
  to_number: '(f64 X)',
  to_str: '(text X)',
  to_string: '(text X)',
};
const VALUE_CAPABILITIES = new Set(
  'string str text array list json object dict map number math i32 i64 f64'.split(' '),
);

/** What capabilities are called elsewhere. */
const OTHER_CAPABILITIES: Readonly<Record<string, string>> = {
  date: 'time',
  datetime: 'time',
  dict: 'json',
  console: 'debug',
  io: 'debug',
  list: 'array',
  map: 'json',
  math: 'number',
  object: 'json',
  re: 'regex',
  str: 'string',
  text: 'string',
};

/** How the language itself says what a function of values is meant to do that there is not, or null. */
export function formFor(capability: string, name: string): string | null {
  const plain = snakeCase(name);
  const known = VALUE_CAPABILITIES.has(capability) && Object.hasOwn(SAID_BY_FORMS, plain);
  return known ? (SAID_BY_FORMS[plain] ?? null) : null;
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

/** `capability.name` as ours may be called that another language's is meant for, the likeliest first. */
export function otherNames(capability: string, name: string): readonly string[] {
  const own = Object.hasOwn(OTHER_CAPABILITIES, capability) ? OTHER_CAPABILITIES[capability] : capability;
  const plain = snakeCase(name);
  const meant = Object.hasOwn(OTHER_NAMES, plain) ? (OTHER_NAMES[plain] ?? []) : [];
  return [plain, ...meant].map((each) => `${own}.${each}`);
}

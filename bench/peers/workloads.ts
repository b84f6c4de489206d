/** The same work for every contender, in the form that each of them takes. */
export interface Workload {
  readonly name: string;
  /** What each run gives back, and is compared with. */
  readonly result: number;
  /** Body in Wattle's language. */
  readonly body: string;
  /** A plug-in function of Extism that leaves the result on the stack. */
  readonly plugin: string;
  /** An expression in JavaScript. */
  readonly script: string;
}

/** What the host answers to `ask()`, at once. */
export const ANSWER = 41;

const SIEVED = 10_000;

/** Counts the primes below 10,000 in a byte for each number, from address 16,384 on. */
const SIEVE = `
  (memory.fill (i32.const 16384) (i32.const 1) (i32.const ${SIEVED}))
  (local.set $i (i32.const 2))
  (loop $outer
    (if (i32.load8_u offset=16384 (local.get $i))
      (then
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (local.set $j (i32.shl (local.get $i) (i32.const 1)))
        (block $done
          (loop $inner
            (br_if $done (i32.ge_u (local.get $j) (i32.const ${SIEVED})))
            (i32.store8 offset=16384 (local.get $j) (i32.const 0))
            (local.set $j (i32.add (local.get $j) (local.get $i)))
            (br $inner)))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $outer (i32.lt_u (local.get $i) (i32.const ${SIEVED}))))`;

const SIEVE_SCRIPT = `(() => {
  const prime = new Uint8Array(${SIEVED}).fill(1);
  let count = 0;
  for (let i = 2; i < ${SIEVED}; i += 1) {
    if (prime[i] === 0) continue;
    count += 1;
    for (let j = i * 2; j < ${SIEVED}; j += i) prime[j] = 0;
  }
  return count;
})()`;

const LOCALS = '(local $i i32) (local $j i32) (local $count i32)';

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'no host call',
    result: 42,
    body: '(i32.store (i32.const 8192) (i32.const 42)) (resv (i32.const 8192))',
    plugin: '(i32.const 42)',
    script: '42',
  },
  {
    name: 'one host call, answered at once',
    result: ANSWER + 1,
    body: `(local $err i32) (local $answer i32)
      (call $bench.ask)
      (local.set $err)
      (local.set $answer)
      (check $err)
      (i32.store (i32.const 8192) (i32.add (local.get $answer) (i32.const 1)))
      (resv (i32.const 8192))`,
    plugin: '(i32.add (i32.wrap_i64 (call $ask)) (i32.const 1))',
    script: 'ask() + 1',
  },
  {
    name: `sieve to ${SIEVED.toLocaleString('en-US')}, no host call`,
    result: 1_229,
    body: `${LOCALS} ${SIEVE} (i32.store (i32.const 8192) (local.get $count)) (resv (i32.const 8192))`,
    plugin: `${LOCALS} ${SIEVE} (local.get $count)`,
    script: SIEVE_SCRIPT,
  },
];

import { describe, expect, it } from 'vitest';
import { assemble, createAssembler } from '../../src/wat/assemble.ts';
import { execute, IMPORTS, mistakesIn, moduleOf, OPTIONS } from './sandbox.ts';

async function importsOf(body: string): Promise<string[]> {
  return WebAssembly.Module.imports(new WebAssembly.Module((await moduleOf(body)).bytes)).map(
    ({ module, name }) => `${module}.${name}`,
  );
}

describe('assemble', () => {
  it('gives a module whose run returns the status', async () => {
    const outcome = await assemble('(i32.const 7)', OPTIONS);
    if (!outcome.ok) throw new Error('not assembled');
    const { instance } = await WebAssembly.instantiate(outcome.bytes);
    const { run } = instance.exports;
    expect(typeof run === 'function' && run()).toBe(7);
  });

  it('gives the same bytes for the same body, and can be called at the same time', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => assemble('(resv "x")', OPTIONS)));
    const [first] = outcomes;
    expect(first?.ok).toBe(true);
    for (const outcome of outcomes) expect(outcome).toEqual(first);
  });

  it('rejects page numbers that no memory can have', async () => {
    const memory = { initialPages: 2, maximumPages: 1 };
    await expect(assemble('(i32.const 0)', { imports: [], memory })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: '2 initial memory pages are more than the maximum of 1',
    });
    const endless = { initialPages: 0, maximumPages: 65_537 };
    await expect(assemble('(i32.const 0)', { imports: [], memory: endless })).rejects.toMatchObject({
      message: 'memory pages must be integers from 0 to 65536, got 0 and 65537',
    });
  });

  it('rejects an import whose name would not stay inside its quotes', async () => {
    const [first] = IMPORTS;
    if (first === undefined) throw new Error('no imports');
    const imports = [{ ...first, name: 'get") (func' }];
    await expect(assemble('(i32.const 0)', { ...OPTIONS, imports })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});

describe('createAssembler', () => {
  it('says of a body on which the compiler fails that it is too much', async () => {
    const texts: string[] = [];
    const fail = async (wat: string) => {
      texts.push(wat);
      return { kind: 'broken', cause: new Error('unreachable') } as const;
    };
    const assembler = createAssembler({ compile: fail, encode: fail });
    expect(await assembler.assemble('\n(i32.const 0)', OPTIONS)).toEqual({
      ok: false,
      diagnostics: [
        {
          line: 1,
          column: 1,
          message: 'the assembler could not take this body',
          hint: 'make it smaller or simpler',
        },
      ],
    });
    expect(texts).toHaveLength(1);
  });
});

describe('the template', () => {
  it('exports memory and run and nothing else', async () => {
    const module = new WebAssembly.Module((await moduleOf('(i32.const 0)')).bytes);
    expect(WebAssembly.Module.exports(module)).toEqual([
      { name: 'memory', kind: 'memory' },
      { name: 'run', kind: 'function' },
    ]);
  });

  it('imports the functions that the body calls, each once, and no others', async () => {
    expect(await importsOf('(i32.const 0)')).toEqual([]);
    expect(await importsOf('(call $kv.get "a") (drop) (drop) call $time.now drop drop (resv "x")')).toEqual([
      'core.resv',
      'kv.get',
      'time.now',
    ]);
  });

  it('gives numbers their own types and everything else an i32', async () => {
    const { wat } = await moduleOf(
      '(call $math.pow (f64.const 1) (f64.const 2)) (drop) (drop) (call $time.now) (drop) (drop) (call $array.new) (drop) (drop) (call $kv.set "a" "b") (return)',
    );
    expect(wat.split('\n').filter((line) => line.includes('(import'))).toEqual([
      '  (import "kv" "set" (func $kv.set (param i32 i32) (result i32 i32)))',
      '  (import "time" "now" (func $time.now (result i64 i32)))',
      '  (import "math" "pow" (func $math.pow (param f64 f64) (result f64 i32)))',
      '  (import "array" "new" (func $array.new (result i32 i32)))',
    ]);
  });

  it('declares the pages it was given', async () => {
    const { wat } = await moduleOf('(i32.const 0)', {
      ...OPTIONS,
      memory: { initialPages: 0, maximumPages: 3 },
    });
    expect(wat).toContain('(memory (export "memory") 0 3)');
  });

  it('prints the module for people, an instruction a line', async () => {
    expect(
      (await moduleOf('(argv 0 $x)\n  ;; show it\n(if (local.get $x)\n(then (resv "é")))\n(resv $x)')).wat,
    ).toBe(
      [
        '(module',
        '  (import "core" "argv!" (func $core.argv! (param i32) (result i32)))',
        '  (import "core" "resv" (func $core.resv (param i32) (result i32 i32)))',
        '  (memory (export "memory") 1 16)',
        '  (data (i32.const 8)',
        '    "\\02\\00\\00\\00\\c3\\a9\\00\\00"',
        '  )',
        '  (func $run (export "run") (result i32)',
        '    (local $x i32)',
        '    (call $core.argv! (i32.const 0))',
        '    (local.set $x)',
        '    (if (local.get $x) (then (return (call $core.resv (i32.const 8)))))',
        '    (return (call $core.resv (local.get $x)))',
        '  ))',
        '',
      ].join('\n'),
    );
  });
});

describe('macros', () => {
  it('argv binds an argument and resv hands over the result', async () => {
    expect(await execute('(argv 1 $x) (resv $x)', ['a', 'second'])).toMatchObject({
      status: 0,
      result: 'second',
    });
  });

  it('argv ends the program with the status of an argument that is not there', async () => {
    expect(await execute('(argv 0 $x) (resv $x)')).toMatchObject({ status: 5, result: null });
  });

  it('check ends the program with a status that is not SUCCESS', async () => {
    const body = '(local $v i32) (local $err i32) call $kv.get';
    expect(
      await execute(`"missing" ${body} local.set $err local.set $v (check $err) (resv $v)`),
    ).toMatchObject({
      status: 4,
      result: null,
    });
  });

  it('check goes on after SUCCESS', async () => {
    expect(
      await execute(`(local $v i32) (local $err i32)
        (call $kv.set "k" "stored") (local.set $err) (drop) (check $err)
        (call $kv.get "k") (local.set $err) (local.set $v) (check $err)
        (resv $v)`),
    ).toMatchObject({ status: 0, result: 'stored', stored: new Map([['k', 'stored']]) });
  });

  it('check takes an expression and evaluates it once', async () => {
    expect((await execute('(check (i32.const 6)) (i32.const 0)')).status).toBe(6);
    expect(
      (
        await execute(
          '(local $n i32) (check (i32.sub (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 1))) (local.get $n)',
        )
      ).status,
    ).toBe(1);
  });

  it('resv returns from within a branch, and code behind it stays valid', async () => {
    const body =
      '(argv 0 $x) (if (i32.eq (i32.load8_u offset=4 (local.get $x)) (i32.const 121)) (then (resv "yes"))) (resv "no")';
    expect((await execute(body, ['y'])).result).toBe('yes');
    expect((await execute(body, ['n'])).result).toBe('no');
    expect(await execute('(resv "first") (resv "second") (i32.const 9)')).toMatchObject({
      status: 0,
      result: 'first',
    });
  });

  it('resv takes an expression', async () => {
    expect((await execute('(resv (select "a" "b" (i32.const 0)))')).result).toBe('b');
  });

  it('work in flat blocks and in folded ones', async () => {
    expect((await execute('i32.const 1 if (resv "then") else (resv "else") end unreachable')).result).toBe(
      'then',
    );
    expect((await execute('(block (loop (resv "deep"))) (i32.const 3)')).result).toBe('deep');
  });

  it('make locals that no name in the body can meet', async () => {
    const body =
      '(local $status i64) (local.set $status (i64.const 42)) (argv 0 $x) (i32.wrap_i64 (local.get $status))';
    expect((await execute(body, ['a'])).status).toBe(42);
    expect(
      (await moduleOf('(local $status i32) (local $status.2 i32) (catch $e (argv 0 $x)) (i32.const 0)')).wat,
    ).toContain('(local $status.3 i32)');
  });

  it('argv declares its local once with the declarations of the author', async () => {
    const { wat } = await moduleOf('(argv 0 $x) (local $x i32) (argv 1 $x) (resv $x)');
    expect(wat.match(/\(local \$x i32\)/g)).toHaveLength(1);
  });
});

describe('strings', () => {
  it.each([
    ['"plain"', 'plain'],
    ['""', ''],
    [String.raw`"\n\t\r\"\'\\"`, '\n\t\r"\'\\'],
    [String.raw`"\41\c3\a9"`, 'Aé'],
    [String.raw`"\u{e9}\u{1F600}\u{0}"`, 'é😀\0'],
    ['"naïve 😀"', 'naïve 😀'],
    ['"(; not ;) ;; a comment"', '(; not ;) ;; a comment'],
    ['"""two\nlines"""', 'two\nlines'],
    ['"""say "hi" and ""go\\d\\n\\"""', 'say "hi" and ""go\\d\\n\\'],
    ['""""""', ''],
  ])('%s is its text', async (literal, text) => {
    expect((await execute(`(resv ${literal})`)).result).toBe(text);
  });

  it('stand where an operand or an instruction can', async () => {
    expect((await execute('"flat" call $core.resv return')).result).toBe('flat');
    expect((await execute('(return (call $core.resv (block (result i32) "in a block")))')).result).toBe(
      'in a block',
    );
  });

  it('are placed once, above address 0, each at a multiple of 8, with the heap behind them', async () => {
    const { wat, heapBase } = await moduleOf(
      '(drop "a") (drop "a") (drop """a""") (drop "\\61") (drop "12345") (resv "")',
    );
    expect(wat.match(/\(drop \(i32.const 8\)\)/g)).toHaveLength(4);
    expect(wat).toContain('(drop (i32.const 16))');
    expect(wat).toContain('(call $core.resv (i32.const 32))');
    expect(heapBase).toBe(40);
  });

  it('leave the heap above address 0 when there are none', async () => {
    expect((await moduleOf('(i32.const 0)')).heapBase).toBe(8);
  });

  it('make the memory start with as many pages as they need', async () => {
    const body = `(resv "${'x'.repeat(100_000)}")`;
    expect((await moduleOf(body)).wat).toContain('(memory (export "memory") 2 16)');
    expect((await execute(body)).result).toHaveLength(100_000);
  });

  it('just fit, or are refused at the string that does not', async () => {
    const memory = { initialPages: 1, maximumPages: 1 };
    const fitting = 'x'.repeat(65_536 - 8 - 4);
    expect((await moduleOf(`(resv "${fitting}")`, { ...OPTIONS, memory })).heapBase).toBe(65_536);
    expect(await mistakesIn(`(drop "a")\n(resv "${fitting}")`, { ...OPTIONS, memory })).toEqual([
      {
        line: 2,
        column: 7,
        message: 'the strings reach up to byte 65544, but the memory has at most 65536 bytes',
        hint: 'make them shorter, or read long texts from outside',
      },
    ]);
  });
});

describe('locals', () => {
  it('are taken from anywhere and declared once', async () => {
    const body = `(local.set $late (i32.const 4))
      (block (local $n i32) (if (local.get $late) (then (local $n i32) (local $late i32) (local.set $n (local.get $late)))))
      (local.get $n)`;
    expect((await execute(body)).status).toBe(4);
  });

  it('have every type', async () => {
    const body = `(local $a i32) (local $b i64) (local $c f32) (local $d f64)
      (local.set $b (i64.const 3)) (local.set $c (f32.const 1.5)) (local.set $d (f64.const 2.5))
      (i32.trunc_f64_s (f64.add (f64.promote_f32 (local.get $c)) (f64.add (local.get $d) (f64.convert_i64_s (local.get $b)))))`;
    expect((await execute(body)).status).toBe(7);
  });

  it('without a name are known by their index', async () => {
    expect(
      (
        await execute(
          '(local i32 i64) (local $x i32) (local.set 0 (i32.const 5)) (local.set 2 (local.get 0)) (local.get $x)',
        )
      ).status,
    ).toBe(5);
  });
});

describe('plain WAT', () => {
  it.each([
    ['folded', '(i32.add (i32.const 2) (i32.mul (i32.const 3) (i32.const 4)))', 14],
    ['flat', 'i32.const 2 i32.const 3 i32.const 4 i32.mul i32.add', 14],
    ['mixed', 'i32.const 2 (i32.mul (i32.const 3) (i32.const 4)) i32.add', 14],
    ['flat if with labels', 'i32.const 0 if $a (result i32) i32.const 1 else $a i32.const 2 end $a', 2],
    [
      'folded if with a label',
      '(if $a (result i32) (i32.const 1) (then (br $a (i32.const 8))) (else (i32.const 2)))',
      8,
    ],
    [
      'if whose condition is on the stack',
      'i32.const 1 (if (result i32) (then (i32.const 5)) (else (i32.const 6)))',
      5,
    ],
    [
      'a loop',
      '(local $i i32) (loop $l (br_if $l (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10)))) (local.get $i)',
      10,
    ],
    [
      'br_table',
      '(block $a (block $b (block $c (br_table $a $b $c (i32.const 1)))) (return (i32.const 1))) (i32.const 2)',
      1,
    ],
    ['labels by number', '(block (block (br 1)) unreachable) (i32.const 3)', 3],
    ['blocks that take values', 'i32.const 4 (block (param i32) (result i32) (i32.add (i32.const 1)))', 5],
    ['multiple results', '(i32.sub (block (result i32 i32) (i32.const 9) (i32.const 2)))', 7],
    ['sign extension', '(i32.extend8_s (i32.const 255))', -1],
    ['saturating conversion', '(i32.trunc_sat_f64_s (f64.const 1e30))', 2147483647],
    [
      'memory.fill and memory.copy',
      '(memory.fill (i32.const 100) (i32.const 7) (i32.const 8)) (memory.copy (i32.const 200) (i32.const 104) (i32.const 4)) (i32.load8_u (i32.const 203))',
      7,
    ],
    [
      'offsets and alignment',
      '(i32.store offset=8 align=4 (i32.const 64) (i32.const 77)) (i32.load offset=0x10 (i32.const 56))',
      77,
    ],
    ['memory.grow and memory.size', '(drop (memory.grow (i32.const 2))) (memory.size)', 3],
    [
      'literals of all kinds',
      '(i32.wrap_i64 (i64.add (i64.const 0xff_ff) (i64.trunc_f64_s (f64.const 0x1p4)))) (drop (f32.const nan:0x200000)) (drop (f64.const -inf)) (drop (f64.const 1_0.5e-1)) (drop (i32.const +1)) (i32.const -65551) i32.add',
      0,
    ],
    [
      'floats at the edge of their range',
      '(drop (f64.const 1.7976931348623157e308)) (drop (f64.const -0x1.fffffffffffffp1023)) (drop (f64.const 0x1.fffffffffffff7p1023)) (drop (f32.const 3.4028234e38)) (drop (f32.const 0x1.fffffep127)) (drop (f64.const 1e-999)) (drop (f64.const 0x0p99999)) (drop (f64.const nan:0xfffffffffffff)) (drop (f32.const nan:0x1)) (i32.const 6)',
      6,
    ],
    [
      'offsets and alignments at the edge of their range',
      '(drop (i32.load offset=4 align=1 (i32.const 0))) (if (i32.const 0) (then (drop (i64.load32_s offset=4294967295 align=4 (i32.const 0))))) (drop (f64.load align=8 (i32.const 8))) (i32.load8_u align=1 (i32.const 0))',
      0,
    ],
    ['comments', '(; a (; nested ;) one ;) (i32.const 1) ;; é to the end ) (\n', 1],
    ['lines that end as Windows writes them', '(i32.const 1)\r\n(drop)\r\n(i32.const 2)\r\n', 2],
    [
      'recursion',
      '(if (i32.load (i32.const 512)) (then (return (i32.const 11)))) (i32.store (i32.const 512) (i32.const 1)) (call $run)',
      11,
    ],
  ])('%s', async (_what, body, status) => {
    expect((await execute(body)).status).toBe(status);
  });
});

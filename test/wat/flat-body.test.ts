import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv } from '../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import { createTimeNow } from '../../src/capabilities/time-now.ts';
import { WabtCompiler } from '../../src/wat/wabt-compiler.ts';
import { defineProgram } from '../catalog/workbench.ts';
import { moduleOf, OPTIONS } from './sandbox.ts';

const wabt = await WabtCompiler.load();

/** What wabt makes of the text for people. */
async function bytesOfText(wat: string): Promise<Uint8Array> {
  const compiled = await wabt.compile(wat);
  if (compiled.kind !== 'module') throw new TypeError(`expected a module, got ${compiled.kind}`);
  return compiled.bytes;
}

describe('the flat text for wabt', () => {
  it.each([
    [
      'locals by name and number',
      '(local $a i32) (local i64 f32) (local.set 0 (i32.const 1)) (local.get $a)',
    ],
    ['flat and folded instructions', 'i32.const 1 (i32.add (i32.const 2) (i32.const 3)) i32.sub'],
    [
      'immediates',
      '(i32.store8 offset=3 align=1 (i32.const 8) (i32.const 1)) (i32.load offset=4 (i32.const 8))',
    ],
    ['labels by name and number', '(block $a (loop $b (br_if $b (i32.const 0)) (br 1))) (i32.const 0)'],
    [
      'labels named as locals',
      '(local $x i32) (block $x (br_table $x 0 $x (local.get $x))) block $x br $x end $x i32.const 0',
    ],
    ['typed blocks', '(i32.const 1) (block (param i32) (result i32 i64) (i64.const 2)) (drop)'],
    ['branches', '(if $l (result i32) (i32.const 1) (then (br $l (i32.const 2))) (else (i32.const 3)))'],
    [
      'an if without else',
      '(local $n i32) (if (local.get $n) (then (local.set $n (i32.const 1)))) (i32.const 0)',
    ],
    ['an empty else', '(if (i32.const 1) (then nop) (else)) (i32.const 0)'],
    ['a flat if', 'i32.const 1 if (result i32) i32.const 1 else i32.const 2 end'],
    ['a condition from the stack', 'i32.const 7 (if (then nop)) (i32.const 0)'],
    ['a call of itself', '(if (i32.const 0) (then (drop (call $run)))) (i32.const 0)'],
    ['texts', '(call $kv.get "a") drop drop (drop (i32.load "b\\n")) (resv "a")'],
  ])('gives the bytes of the text for people: %s', async (_name, body) => {
    const { bytes, wat } = await moduleOf(body);
    expect(bytes).toEqual(await bytesOfText(wat));
  });

  it.each(['assemble-dialect.wat', 'assemble-plain.wat'])(
    'gives them for a long program: %s',
    async (file) => {
      const body = await readFile(new URL(`../../bench/${file}`, import.meta.url), 'utf8');
      const { signature } = defineProgram('(project: string) -> string', body);
      const http = createHttp({ allow: [], loopbackPorts: [], userAgent: 'test' });
      const host = createCapabilityHost([http, kv, createTimeNow(() => 0)]);
      const options = { ...OPTIONS, signature, imports: host.imports(host.names) };
      const { bytes, wat } = await moduleOf(body, options);
      expect(bytes).toEqual(await bytesOfText(wat));
    },
  );
});

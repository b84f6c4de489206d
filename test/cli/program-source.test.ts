import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProgramFile } from '../../src/cli/program-source.ts';
import { formatSignature } from '../../src/wat/signature.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-source-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(text: string, argCount = 2) {
  const path = join(folder, 'sample.wat');
  await writeFile(path, text);
  return readProgramFile(path, argCount);
}

describe('readProgramFile', () => {
  it.each([
    [';; (a: i32, b: i32) -> i32\n(+ $a $b)', '(a: i32, b: i32) -> i32'],
    ['\n;;(numbers: list<f64>) -> f64\r\n(at $numbers 0)', '(numbers: list<f64>) -> f64'],
    [';; (url: string)\n(drop 1)', '(url: string) -> none'],
    [';; (see above)\n"a"', '(arg0: string, arg1: string) -> string'],
    [';; adds (a: i32) -> i32\n"a"', '(arg0: string, arg1: string) -> string'],
    ['"a"\n;; (a: i32) -> i32', '(arg0: string, arg1: string) -> string'],
  ])('takes from %j the signature %s', async (text, signature) => {
    const program = await read(text);
    expect(formatSignature(program.signature)).toBe(signature);
    expect(program).toMatchObject({ name: 'sample', body: text });
  });

  it('refuses a comment that is nearly a signature', async () => {
    await expect(read(';; (a: int) -> i32\n$a')).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/sample\.wat: signature, column 5: expected a type/),
    });
  });
});

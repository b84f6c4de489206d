import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import { compileCommand } from '../../src/cli/compile-command.ts';
import { readAll } from '../../src/io.ts';
import { loadAssembler } from '../../src/wat/assemble.ts';

it('assembles a program with the signature of its header', async () => {
  const assembler = await loadAssembler();
  const io = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    interactive: false,
  };
  const code = await compileCommand({ file: 'catalog/word_count.wat', grants: null }, io, {
    memory: { initialPages: 1, maximumPages: 16 },
    imports: (grants) => createCapabilityHost([]).imports(grants),
    assemble: (body, options) => assembler.assemble(body, options),
  });
  io.stdout.end();
  io.stderr.end();
  expect({ code, stderr: await readAll(io.stderr) }).toEqual({ code: 0, stderr: '' });
  expect(await readAll(io.stdout)).toMatch(/^\(module/);
});

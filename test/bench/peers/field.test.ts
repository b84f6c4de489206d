import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INSTALL, lookUp, PEERS } from '../../../bench/peers/field.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-peers-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('lookUp', () => {
  it('names the command that installs a peer which is not there', async () => {
    const installed = pathToFileURL(`${folder}/`);
    const presences = await Promise.all(PEERS.map((peer) => lookUp(peer.package, installed)));
    expect(presences).toEqual(
      ['@extism/extism', 'quickjs-emscripten', 'isolated-vm'].map((name) => ({
        package: name,
        missing: `not installed: ${INSTALL}`,
      })),
    );
  });

  it('says why a peer that is installed does not load', async () => {
    await mkdir(join(folder, 'no-such-peer'));
    await writeFile(join(folder, 'no-such-peer/package.json'), '{"version":"1.0.0"}');
    expect(await lookUp('no-such-peer', pathToFileURL(`${folder}/`))).toMatchObject({
      missing: expect.stringMatching(/^version 1\.0\.0 does not load: .*no-such-peer/),
    });
  });
});

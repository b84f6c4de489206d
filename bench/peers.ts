import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The comparison with other sandboxes as Markdown. Those that are not installed are named in it. */
export async function measurePeers(): Promise<string> {
  const entry = fileURLToPath(new URL('./peers/run.ts', import.meta.url));
  // isolated-vm asks for the first flag; each worker of Extism warns that WASI is experimental.
  const flags = ['--no-node-snapshot', '--disable-warning=ExperimentalWarning'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, entry]);
  return stdout;
}

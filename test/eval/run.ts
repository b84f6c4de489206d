import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import { WattleError } from '../../src/errors.ts';
import { runEvaluation } from './evaluation.ts';
import { readOptions, USAGE } from './options.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

function say(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${text}\n`);
}

async function main(): Promise<0 | 1 | 2> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    say(process.stdout, USAGE);
    return 0;
  }
  return runEvaluation(options, {
    config: parseConfig(process.env, ALL_RANGES),
    signal: stop.signal,
    print: (text) => say(process.stdout, text),
    complain: (text) => say(process.stderr, `eval: ${text}`),
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof WattleError)) throw error;
  say(process.stderr, `eval: ${error.message}`);
  process.exitCode = error.code === 'USAGE' || error.code === 'CONFIG_INVALID' ? 2 : 1;
}

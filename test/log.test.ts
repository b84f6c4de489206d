import { describe, expect, it } from 'vitest';
import { Secret } from '../src/config/setting.ts';
import { createLogger } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void, level = 'info'): string[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(createLogger({ level, destination, secrets: [new Secret('xoxb-hunter2')] }));
  return lines;
}

describe('createLogger', () => {
  it('writes one JSON line an event, with its fields and time', () => {
    const [line = '', ...others] = logged((log) => log.info({ turnId: 't1' }, 'turn.started'));
    expect(others).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      level: 30,
      turnId: 't1',
      msg: 'turn.started',
      time: expect.any(String),
    });
  });

  it('strikes out credentials by the name of their field', () => {
    const [line] = logged((log) =>
      log.info({ token: 'abc', headers: { authorization: 'Bearer abc' } }, 'sent'),
    );
    expect(line).not.toContain('abc');
  });

  it('strikes out known secrets wherever they stand', () => {
    const lines = logged((log) => {
      log.error(new Error('posting with xoxb-hunter2 failed'));
      log.info({ deep: { er: { and: ['xoxb-hunter2'] } } }, 'xoxb-hunter2');
    });
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines).toHaveLength(2);
  });

  it('leaves out what is below its level', () => {
    expect(logged((log) => log.info('quiet'), 'warn')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { boltLogger } from '../../../adapters/slack/bolt-logger.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

describe('boltLogger', () => {
  it('hands on what Bolt says for those who look closely, without its debug lines', () => {
    const log = createRecordingLog();
    const logger = boltLogger(log);
    logger.debug('a whole message');
    logger.info('one', 1);
    logger.warn('two');
    logger.error(new Error('three'));
    expect(log.lines).toEqual([
      { level: 'debug', fields: { source: 'bolt', level: 'info' }, message: 'one 1' },
      { level: 'debug', fields: { source: 'bolt', level: 'warn' }, message: 'two' },
      { level: 'debug', fields: { source: 'bolt', level: 'error' }, message: 'three' },
    ]);
  });

  it('strikes out tokens', () => {
    const log = createRecordingLog();
    boltLogger(log).error('failed with xoxb-123-abc and xapp-1-A0-9-ff', new Error('Bearer xoxp-1-2'));
    expect(log.texts()).toEqual(['debug failed with [secret] and [secret] Bearer [secret]']);
  });
});

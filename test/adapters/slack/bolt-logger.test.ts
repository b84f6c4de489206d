import { describe, expect, it } from 'vitest';
import { boltLogger } from '../../../adapters/slack/bolt-logger.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

describe('boltLogger', () => {
  it('hands on what Bolt says, level by level, without debug lines', () => {
    const log = createRecordingLog();
    const logger = boltLogger(log);
    logger.debug('a whole message');
    logger.info('one', 1);
    logger.warn('two');
    logger.error(new Error('three'));
    expect(log.texts()).toEqual(['info one 1', 'warn two', 'error three']);
  });

  it('strikes out tokens', () => {
    const log = createRecordingLog();
    boltLogger(log).error('failed with xoxb-123-abc and xapp-1-A0-9-ff', new Error('Bearer xoxp-1-2'));
    expect(log.texts()).toEqual(['error failed with [secret] and [secret] Bearer [secret]']);
  });
});

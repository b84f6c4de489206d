import { describe, expect, it } from 'vitest';
import { modelGrants } from '../../src/composition/model-grants.ts';

const NAMES = ['core', 'kv', 'kv_channel', 'kv_user', 'kv_workspace', 'http'];

describe('modelGrants', () => {
  it('leaves the wider scopes of kv out where nothing is set', () => {
    expect(modelGrants(null, NAMES)).toEqual(['core', 'kv', 'http']);
  });

  it('is what is set', () => {
    expect(modelGrants(['kv_channel'], NAMES)).toEqual(['kv_channel']);
    expect(modelGrants([], NAMES)).toEqual([]);
  });

  it('refuses a name that is no capability', () => {
    expect(() => modelGrants(['kv', 'shell'], NAMES)).toThrow(
      'MODEL_GRANTS: expected capabilities out of core, kv, kv_channel, kv_user, kv_workspace, http; got shell',
    );
  });
});

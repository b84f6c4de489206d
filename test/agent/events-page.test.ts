import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderEvents } from './render-events.ts';

/** `npx vitest run test/agent/events-page.test.ts -u` writes the page anew. */
describe('docs/events.md', () => {
  it('has every event and every cause as it is', async () => {
    await expect(renderEvents()).toMatchFileSnapshot(resolve(import.meta.dirname, '../../docs/events.md'));
  });
});

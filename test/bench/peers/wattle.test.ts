import { describe, expect, it } from 'vitest';
import { wattle } from '../../../bench/peers/wattle.ts';
import { WORKLOADS } from '../../../bench/peers/workloads.ts';

describe('the workloads', () => {
  it.each(WORKLOADS)('give what they should on Wattle: $name', async (workload) => {
    const session = await wattle.open(workload);
    try {
      expect(await Promise.all([session.run(), session.run()])).toEqual([workload.result, workload.result]);
    } finally {
      await session.close();
    }
  });
});

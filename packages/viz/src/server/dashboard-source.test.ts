import { describe, expect, it } from 'vitest';
import { dashboardFixture } from '../testing/dashboard-fixture.js';
import { createDashboardSource } from './dashboard-source.js';

describe('createDashboardSource', () => {
  it('shares a load under way and a fresh answer, by number of days', async () => {
    let now = 0;
    const loads: number[] = [];
    const source = createDashboardSource(async ({ days }) => (loads.push(days), dashboardFixture(days)), { nowMs: () => now });
    const [one, two] = await Promise.all([source({ days: 20 }), source({ days: 20 })]);
    expect(one).toBe(two);
    await source({ days: 30 });
    now = 4_999;
    await source({ days: 20 });
    expect(loads).toEqual([20, 30]);
    now = 5_000;
    await source({ days: 20 });
    expect(loads).toEqual([20, 30, 20]);
  });

  it('forgets a failure', async () => {
    let calls = 0;
    const source = createDashboardSource(async ({ days }) => {
      calls += 1;
      if (calls === 1) throw new Error('disk');
      return dashboardFixture(days);
    }, { nowMs: () => 0 });
    await expect(source({ days: 20 })).rejects.toThrow('disk');
    await expect(source({ days: 20 })).resolves.toMatchObject({ days: 20 });
  });

  it('keeps a bounded number of answers', async () => {
    const loads: number[] = [];
    const source = createDashboardSource(async ({ days }) => (loads.push(days), dashboardFixture(20)), { nowMs: () => 0, maxEntries: 2 });
    for (const days of [20, 30, 40, 20]) await source({ days });
    expect(loads).toEqual([20, 30, 40, 20]);
  });
});

import { describe, expect, it } from 'vitest';
import { judgeDue, type Policy } from './policy.js';

const bar = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dueOn = (policy: Policy, seen: string, newest: string): [boolean, string | undefined] => {
  const { isDue, nextDueMs } = judgeDue(policy, { interval: '1d', lastCutOffMs: bar(seen), newestMs: bar(newest) });
  return [isDue, nextDueMs === null ? undefined : new Date(nextDueMs).toISOString().slice(0, 16)];
};

describe('judgeDue', () => {
  it('fixed: never', () => expect(dueOn('fixed', '2024-01-01', '2025-01-01')).toEqual([false, undefined]));

  it.each([
    // Sunday 2025-02-02 closes a week at Monday 00:00
    ['weekly', '2025-01-29', '2025-02-01', false, '2025-02-03T00:00'],
    ['weekly', '2025-01-29', '2025-02-02', true, '2025-02-03T00:00'],
    ['weekly', '2025-02-02', '2025-02-08', false, '2025-02-10T00:00'],
    ['weekly', '2025-02-02', '2025-02-09', true, '2025-02-10T00:00'],
    // three missed weeks are one
    ['weekly', '2025-02-02', '2025-02-25', true, '2025-02-10T00:00'],
    ['weekly', '2025-02-25', '2025-02-25', false, '2025-03-03T00:00'],
    ['monthly', '2024-01-30', '2024-01-30', false, '2024-02-01T00:00'],
    ['monthly', '2024-01-30', '2024-01-31', true, '2024-02-01T00:00'],
    ['monthly', '2024-01-31', '2024-02-28', false, '2024-03-01T00:00'],
    ['monthly', '2024-01-31', '2024-02-29', true, '2024-03-01T00:00'],
    ['monthly', '2024-11-30', '2024-12-31', true, '2025-01-01T00:00'],
    ['daily', '2025-02-02', '2025-02-02', false, '2025-02-04T00:00'],
    ['daily', '2025-02-02', '2025-02-03', true, '2025-02-04T00:00'],
  ] as const)('%s: seen up to %s, newest %s: %s', (policy, seen, newest, isDue, next) => expect(dueOn(policy, seen, newest)).toEqual([isDue, next]));

  it('goes by the UTC calendar for shorter bars too', () => {
    const at = (time: string): number => Date.parse(time);
    const facts = { interval: '4h', lastCutOffMs: at('2025-02-02T20:00:00Z') };
    expect(judgeDue('daily', { ...facts, newestMs: at('2025-02-03T16:00:00Z') }).isDue).toBe(false);
    expect(judgeDue('daily', { ...facts, newestMs: at('2025-02-03T20:00:00Z') }).isDue).toBe(true);
  });

  it('says why', () => {
    expect(judgeDue('weekly', { interval: '1d', lastCutOffMs: bar('2025-01-29'), newestMs: bar('2025-02-02') }).reason).toBe('A challenger is due (weekly): judged bundles have seen bars up to 2025-01-30 00:00 UTC, and since then those up to 2025-02-03 00:00 UTC have closed.');
  });
});

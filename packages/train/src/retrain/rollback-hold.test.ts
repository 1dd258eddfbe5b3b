import type { Promotion } from '@forecastlab/core/node';
import { expect, it } from 'vitest';
import { judgeDue } from './policy.js';
import { holdAfterRollback } from './rollback-hold.js';

const DAY = 86_400_000;
const line = (action: Promotion['action'], when: string): Promotion => ({ when, action, from: 'b', to: 'a', why: '' });
/** The newest bar opens on so many days of June 2019. */
function dueOn(day: number, history: readonly Promotion[]): ReturnType<typeof judgeDue> {
  const newestMs = Date.UTC(2019, 5, day);
  return holdAfterRollback(judgeDue('daily', { interval: '1d', lastCutOffMs: newestMs - DAY, newestMs }), { history, interval: '1d', newestMs });
}

it('asks for no challenger in the week after a rollback, also when one was declined meanwhile', () => {
  const history = [line('activate', '2019-06-02T00:10:00.000Z'), line('rollback', '2019-06-03T09:00:00.000Z'), line('decline', '2019-06-04T00:10:00.000Z')];
  expect(dueOn(3, history)).toMatchObject({ isDue: false, nextDueMs: Date.UTC(2019, 5, 10), reason: expect.stringContaining('before the bars up to 2019-06-10 have closed') as string });
  expect(dueOn(8, history).isDue).toBe(false);
  expect(dueOn(9, history).isDue).toBe(true);
});

it('holds nothing back without a rollback, after another activation, or by a clock that was far ahead', () => {
  expect(dueOn(3, []).isDue).toBe(true);
  expect(dueOn(3, [line('rollback', '2019-06-03T09:00:00.000Z'), line('activate', '2019-06-03T10:00:00.000Z')]).isDue).toBe(true);
  for (const when of ['2031-01-01T00:00:00.000Z', 'never']) expect(dueOn(3, [line('rollback', when)]).isDue).toBe(true);
});

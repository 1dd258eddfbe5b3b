// What is told and what is held back, what waits and what is given up.
import { expect, it } from 'vitest';
import type { AlertNote } from './alert-note.js';
import { type AlertState, claimPending, EMPTY_STATE, formatAlertState, judgeAlert, MAX_OPEN, MAX_PENDING, parseAlertState, settlePending, withPending, withTold } from './alert-state.js';

const at = (ms: number): string => new Date(ms).toISOString();
const note = (key: string, ms = 0): AlertNote => ({ schema: 's', id: key, status: 'raised', kind: 'k', key, severity: 'warning', title: 't', text: null, details: {}, time: at(ms), since: at(ms), held: 0, host: 'h', store: 's', program: 'p' });

it('keeps a bounded number of troubles and of tellings, the newest', () => {
  let state: AlertState = EMPTY_STATE;
  for (let i = 0; i < MAX_OPEN + 20; i += 1) state = withPending(withTold(state, note(`k${i}`, i)), { note: note(`k${i}`, i), targets: ['a'], claimed_until: at(i) });
  expect(Object.keys(state.open)).toHaveLength(MAX_OPEN);
  expect(state.pending.map((item) => item.note.key)).toEqual(Array.from({ length: MAX_PENDING }, (_, i) => `k${MAX_OPEN + 20 - MAX_PENDING + i}`));
  expect(Object.hasOwn(state.open, 'k19')).toBe(false);
  expect(parseAlertState(formatAlertState(state))).toEqual(state);
});

it('holds repeats back until the hold is over, to the millisecond', () => {
  const before = { kind: 'k', severity: 'warning' as const, title: 't', since: at(0), told_at: at(1000), held: 0 };
  const alert = { kind: 'k', key: 'k', severity: 'warning' as const, title: 't' };
  expect([1000, 1099, 1100].map((nowMs) => judgeAlert(before, alert, { nowMs, holdMs: 100 }))).toEqual([null, null, 'reminder']);
  expect(judgeAlert({ ...before, told_at: 'nonsense' }, alert, { nowMs: 1000, holdMs: 100 })).toBe('reminder');
});

it('leaves a claim of another process alone until it is over, and targets of others too', () => {
  const state = withPending(EMPTY_STATE, { note: note('a'), targets: ['mine', 'theirs'], claimed_until: at(60_000) });
  const targets = new Set(['mine']);
  expect(claimPending(state, { nowMs: 59_999, untilMs: 119_999, targets }).claimed).toEqual([]);
  const { state: taken, claimed } = claimPending(state, { nowMs: 60_000, untilMs: 120_000, targets });
  expect(claimed).toMatchObject([{ targets: ['mine'] }]);
  expect(claimPending(taken, { nowMs: 60_001, untilMs: 120_001, targets }).claimed).toEqual([]);
  const settled = settlePending(taken, new Map([['a', ['mine']]]), 60_002);
  expect(settled.pending).toMatchObject([{ targets: ['theirs'] }]);
  expect(settlePending(settled, new Map([['a', ['theirs']]]), 60_003).pending).toEqual([]);
  // a claim of a clock that was a year ahead
  const ahead = withPending(EMPTY_STATE, { note: note('a'), targets: ['mine'], claimed_until: at(31_536_000_000) });
  expect(claimPending(ahead, { nowMs: 0, untilMs: 60_000, targets }).claimed).toHaveLength(1);
});

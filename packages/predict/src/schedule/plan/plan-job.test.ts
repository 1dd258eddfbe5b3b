// What is done for a job, whatever the clock and the machine did: a simulated scheduler over pure functions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScheduledJob } from '../jobs/scheduled-job.js';
import { openSlots } from '../slots/open-slots.js';
import { openTimeZone } from '../slots/time-zone.js';
import type { JobState } from './job-state.js';
import type { Notice } from './notice.js';
import { nextLookMs, planJob } from './plan-job.js';
import { resultOf, settleAttempt } from './settle-attempt.js';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const daily: ScheduledJob = { name: 'predict', cron: '5 0 * * *', timeZone: 'UTC', zone: [[0, 0]], command: 'x', words: ['x'], timeoutMs: 30 * MINUTE, retries: 3, retryDelaysMs: [MINUTE, 5 * MINUTE, 15 * MINUTE], graceMs: 20 * HOUR, env: {} };
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/** A machine with a clock and one job; every attempt ends at once, as `exit` says. */
function machine(job: ScheduledJob, start: string, exit: (attempt: number) => number = () => 0) {
  const slots = openSlots({ cron: job.cron, zone: openTimeZone(job.timeZone) });
  let state: JobState | undefined;
  const attempts: string[] = [];
  const told: Notice[] = [];
  const look = (nowMs: number): void => {
    const plan = planJob(job, slots, state, nowMs);
    ({ state } = plan);
    told.push(...plan.notices);
    if (!plan.isDue || state.pending === null) return;
    attempts.push(`${new Date(state.pending.slotMs).toISOString().slice(0, 16)} at ${new Date(nowMs).toISOString().slice(5, 16)}`);
    const begun: JobState = { ...state, pending: { ...state.pending, attempts: state.pending.attempts + 1 }, running: { runId: 'r', slotMs: state.pending.slotMs, startedMs: nowMs, process: null } };
    const exitCode = exit(attempts.length);
    const settled = settleAttempt(job, begun, { finishedMs: nowMs, exitCode, signal: null, result: resultOf(exitCode) }, nowMs);
    ({ state } = settled);
    told.push(...settled.notices);
  };
  look(at(start));
  return {
    attempts,
    told,
    look: (time: string) => look(at(time)),
    lookMs: look,
    state: () => state as JobState,
    events: () => told.map(({ event }) => event),
    /** Looks every half minute, as the scheduler does. */
    walk(from: string, to: string) {
      for (let nowMs = at(from); nowMs <= at(to); nowMs += 30_000) look(nowMs);
    },
  };
}

describe('planJob', () => {
  it('runs each slot once, and nothing that lay before the job was known', () => {
    const one = machine(daily, '2026-03-01 12:00');
    one.walk('2026-03-01 12:00', '2026-03-03 12:00');
    expect(one.attempts).toEqual(['2026-03-02T00:05 at 03-02T00:05', '2026-03-03T00:05 at 03-03T00:05']);
    expect(one.events()).toEqual(['done', 'done']);
  });

  it('catches up once after days asleep, and tells what was missed', () => {
    const one = machine(daily, '2026-03-01 12:00');
    one.look('2026-03-05 09:30');
    one.walk('2026-03-05 09:30', '2026-03-05 12:00');
    expect(one.attempts).toEqual(['2026-03-05T00:05 at 03-05T09:30']);
    expect(one.state().missed).toEqual({ count: 3, slotsMs: ['2026-03-02 00:05', '2026-03-03 00:05', '2026-03-04 00:05'].map(at) });
    expect(one.told.filter(({ raise }) => raise !== undefined).map(({ raise, text }) => [raise, text.slice(0, 14)])).toEqual([['job-missed', 'missed 3 slots']]);
    expect(one.told.find(({ event }) => event === 'done')?.resolve).toEqual(['job-missed']);
  });

  it('misses a slot that is older than the grace time', () => {
    const one = machine(daily, '2026-03-01 12:00');
    one.look('2026-03-02 20:05:00.001');
    expect(one.attempts).toEqual([]);
    expect(one.state().missed.count).toBe(1);
    one.look('2026-03-03 20:05');
    expect(one.attempts).toEqual(['2026-03-03T00:05 at 03-03T20:05']);
  });

  it('a clock that leaps a year runs one catch-up; set right again it goes on as before', () => {
    const one = machine(daily, '2026-03-01 12:00');
    one.look('2027-03-01 12:00');
    expect(one.attempts).toEqual(['2027-03-01T00:05 at 03-01T12:00']);
    expect(one.state().missed.count).toBe(364);
    one.walk('2026-03-01 12:01', '2026-03-03 00:10');
    expect(one.attempts.slice(1)).toEqual(['2026-03-02T00:05 at 03-02T00:05', '2026-03-03T00:05 at 03-03T00:05']);
    expect(one.events().filter((event) => event === 'clock-set-back')).toHaveLength(1);
  });

  it('a clock set back by hours runs nothing again', () => {
    const one = machine(daily, '2026-03-01 12:00');
    one.look('2026-03-02 00:06');
    one.walk('2026-03-01 21:06', '2026-03-02 12:00');
    expect(one.attempts).toEqual(['2026-03-02T00:05 at 03-02T00:06']);
  });

  it('tries again after 1, 5 and 15 minutes, then gives up and says so', () => {
    const one = machine(daily, '2026-03-01 12:00', () => 1);
    one.walk('2026-03-02 00:05', '2026-03-02 12:00');
    expect(one.attempts.map((attempt) => attempt.slice(-5))).toEqual(['00:05', '00:06', '00:11', '00:26']);
    expect(one.events().slice(-2)).toEqual(['attempt-failed', 'given-up']);
    expect(one.told.filter(({ raise }) => raise === 'job-failed')).toHaveLength(1);
    expect(one.state().told).toEqual(['job-failed']);
  });

  it('does not try again what refuses its call', () => {
    const one = machine(daily, '2026-03-01 12:00', () => 2);
    one.walk('2026-03-02 00:05', '2026-03-02 12:00');
    expect(one.attempts).toHaveLength(1);
    expect(one.state().pending).toBeNull();
  });

  it('is patient with exit 75 as long as the grace time lasts, telling it after a while', () => {
    const one = machine(daily, '2026-03-01 12:00', () => 75);
    one.walk('2026-03-02 00:05', '2026-03-02 23:00');
    expect(one.attempts.slice(0, 6).map((attempt) => attempt.slice(-5))).toEqual(['00:05', '00:06', '00:11', '00:26', '00:41', '00:56']);
    expect(one.attempts.at(-1)?.slice(-5)).toBe('19:56');
    expect(one.told.filter(({ raise }) => raise === 'job-failed').map(({ event }) => event)).toEqual(['temporary', 'given-up']);
    const hasty = machine({ ...daily, retryDelaysMs: [0] }, '2026-03-01 12:00', () => 75);
    for (let second = 0; second < 300; second += 1) hasty.lookMs(at('2026-03-02 00:05') + second * 1000);
    expect(hasty.attempts).toHaveLength(10);
    const soon = machine(daily, '2026-03-01 12:00', (attempt) => (attempt < 6 ? 75 : 0));
    soon.walk('2026-03-02 00:05', '2026-03-02 23:00');
    expect(soon.told.at(-1)).toMatchObject({ event: 'done', resolve: ['job-failed'] });
  });

  it('a wait for another attempt does not grow when the clock is set back', () => {
    const one = machine(daily, '2026-03-01 12:00', (attempt) => (attempt === 1 ? 1 : 0));
    one.look('2026-03-02 01:00');
    expect(one.state().pending?.notBeforeMs).toBe(at('2026-03-02 01:01'));
    one.look('2026-03-01 23:00');
    one.look('2026-03-01 23:01');
    expect(one.attempts).toHaveLength(2);
  });

  it('the next slot takes over from one that still fails', () => {
    const hourly = { ...daily, cron: '0 * * * *', retries: 20, retryDelaysMs: [25 * MINUTE] };
    const one = machine(hourly, '2026-03-01 11:30', (attempt) => (attempt <= 3 ? 1 : 0));
    one.walk('2026-03-01 11:30', '2026-03-01 13:30');
    expect(one.attempts).toEqual(['2026-03-01T12:00 at 03-01T12:00', '2026-03-01T12:00 at 03-01T12:25', '2026-03-01T12:00 at 03-01T12:50', '2026-03-01T13:00 at 03-01T13:00']);
    expect(one.events()).toContain('given-up');
  });

  it('slots that pass while an attempt takes long are its own, not missed', () => {
    const one = machine({ ...daily, cron: '* * * * *' }, '2026-03-01 12:00');
    one.look('2026-03-01 12:01');
    const { last, ...rest } = one.state();
    if (last === null) throw new Error('no attempt');
    const plan = planJob({ ...daily, cron: '* * * * *' }, openSlots({ cron: '* * * * *', zone: openTimeZone('UTC') }), { ...rest, schedule: '* * * * * UTC', last: { ...last, finishedMs: at('2026-03-01 12:05:30') } }, at('2026-03-01 12:05:30'));
    expect(plan).toMatchObject({ isDue: true, notices: [], state: { pending: { slotMs: at('2026-03-01 12:05') }, missed: { count: 0 } } });
  });

  it('a changed cron expression owes nothing of the past', () => {
    const one = machine(daily, '2026-03-01 12:00');
    const changed = { ...daily, cron: '0 9 * * *' };
    const plan = planJob(changed, openSlots({ cron: changed.cron, zone: openTimeZone('UTC') }), one.state(), at('2026-03-01 18:00'));
    expect(plan).toMatchObject({ isDue: false, state: { settledMs: at('2026-03-01 18:00'), pending: null } });
  });

  it('knows when to look next', () => {
    const one = machine(daily, '2026-03-01 12:00', () => 1);
    const slots = openSlots({ cron: daily.cron, zone: openTimeZone('UTC') });
    expect(nextLookMs(slots, one.state(), at('2026-03-01 12:00'))).toBe(at('2026-03-02 00:05'));
    one.look('2026-03-02 00:05');
    expect(nextLookMs(slots, one.state(), at('2026-03-02 00:05'))).toBe(at('2026-03-02 00:06'));
  });

  it('on any random machine no slot runs twice after success, and none within the grace time is lost', () => {
    // Sleep, restarts and failures for 60 days; the clock itself goes forward here.
    fc.assert(
      fc.property(fc.array(fc.record({ awakeMin: fc.integer({ min: 1, max: 3000 }), asleepMin: fc.integer({ min: 0, max: 4000 }) }), { minLength: 5, maxLength: 40 }), fc.array(fc.constantFrom(0, 0, 0, 1, 75, 3), { minLength: 1, maxLength: 20 }), (spans, exits) => {
        const done = new Map<string, number>();
        const one = machine(daily, '2026-01-01 12:00', (attempt) => exits[attempt % exits.length]);
        let nowMs = at('2026-01-01 12:00');
        const looks: number[] = [];
        for (const { awakeMin, asleepMin } of spans) {
          for (let minute = 0; minute < awakeMin; minute += 5, nowMs += 5 * MINUTE) {
            const before = one.attempts.length;
            one.lookMs(nowMs);
            looks.push(nowMs);
            const attempt = one.attempts[before];
            if (attempt !== undefined && one.state().last?.result === 'done') done.set(attempt.slice(0, 16), (done.get(attempt.slice(0, 16)) ?? 0) + 1);
          }
          nowMs += asleepMin * MINUTE;
        }
        expect([...done.values()].every((times) => times === 1)).toBe(true);
        const attempted = new Set(one.attempts.map((attempt) => attempt.slice(0, 16)));
        for (let slotMs = at('2026-01-02 00:05'); slotMs + DAY < nowMs; slotMs += DAY) {
          const isSeen = looks.some((lookMs) => lookMs >= slotMs && lookMs <= slotMs + daily.graceMs);
          expect([slotMs, attempted.has(new Date(slotMs).toISOString().slice(0, 16))]).toEqual([slotMs, isSeen]);
        }
      }),
      { numRuns: 8, seed: 11 },
    );
  });
});

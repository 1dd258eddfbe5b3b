// The state of the scheduler, written and read back; what is no state is named.
import { describe, expect, it } from 'vitest';
import { type JobState, newJobState } from './job-state.js';
import { formatState, parseState } from './parse-state.js';

const full: JobState = {
  schedule: '5 0 * * * UTC',
  settledMs: 5,
  pending: { slotMs: 5, attempts: 2, failures: 1, temporary: 1, notBeforeMs: 9, delayMs: 3 },
  running: { runId: 'r', slotMs: 5, startedMs: 6, process: { pid: 7, started: 'x' } },
  last: { runId: 'q', slotMs: 4, attempt: 1, startedMs: 4, finishedMs: 5, result: 'timed-out', exitCode: null, signal: 'SIGTERM' },
  lastDoneMs: 1,
  missed: { count: 2, slotsMs: [1, 2] },
  told: ['job-missed'],
};

describe('parseState', () => {
  it('reads what formatState writes', () => {
    const jobs = new Map([['full', full], ['new', newJobState('@daily UTC', 1)]]);
    expect(parseState(formatState(jobs))).toEqual(jobs);
  });

  it('names what is wrong', () => {
    const broken = (change: object): string => JSON.stringify({ schema: 'forecastlab.scheduler-state/1', jobs: { a: { ...full, ...change } } });
    expect(() => parseState('{"schema":')).toThrow('JSON');
    expect(() => parseState('{"schema":"x","jobs":{}}')).toThrow('schema must be');
    expect(() => parseState(broken({ settledMs: '5' }))).toThrow('jobs.a.settledMs must be a number');
    expect(() => parseState(broken({ running: { ...full.running, process: 7 } }))).toThrow('jobs.a.running.process must be an object');
    expect(() => parseState(broken({ last: { ...full.last, result: 'fine' } }))).toThrow('jobs.a.last.result must be one of');
  });
});

// Two days under the real scheduler on a clock that runs fast, with a kill -9 in between; schedule-week.ts has a whole week.
import { expect, it } from 'vitest';
import { scheduleDays } from './schedule-days.js';

it('answers on both days, though the scheduler is killed over the second trigger', async () => {
  const lines: string[] = [];
  const report = await scheduleDays({ days: 2, rate: 4 * 3600, kill: { atHour: 20, hours: 11 }, print: (line) => void lines.push(line) });
  expect(report.predictions, lines.join('\n')).toEqual(report.due);
  // on a busy machine one run may answer for both days
  expect(Object.keys(report.exits)).toEqual(['0']);
}, 120_000);

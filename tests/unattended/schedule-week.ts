// A week under the scheduler in three minutes, told line by line: node --import tsx tests/unattended/schedule-week.ts (after a build)
import { scheduleDays } from './schedule-days.js';

const report = await scheduleDays({
  days: 7,
  rate: 3600,
  // over a midnight, and then while a second one passes
  sleep: { atHour: 40, hours: 30 },
  kill: { atHour: 98.3, hours: 6 },
  print: (line) => void process.stdout.write(`${line}\n`),
});
const missing = report.due.filter((date) => !report.predictions.includes(date));
process.stdout.write(`predictions: ${report.predictions.join(', ')}\nmissing: ${missing.join(', ') || 'none'}\nruns by exit code: ${JSON.stringify(report.exits)}\n`);
process.exitCode = missing.length === 0 ? 0 : 1;

// A year of an unattended machine, in a minute or two: node --import tsx tests/unattended/simulate-year.ts --days 365 --seed 1
import { parseArgs } from 'node:util';
import { simulate } from './simulate.js';
import { formatSummary } from './summary.js';

const { values } = parseArgs({ options: { days: { type: 'string', default: '365' }, seed: { type: 'string', default: '1' }, keep: { type: 'boolean' }, verbose: { type: 'boolean' } } });
const summary = await simulate({
  days: Number(values.days),
  seed: Number(values.seed),
  isKept: values.keep ?? false,
  ...(values.verbose === true ? { log: (line: string) => void process.stderr.write(`${line}\n`) } : {}),
});
process.stdout.write(formatSummary(summary));
if (summary.folder !== undefined) process.stdout.write(`kept in ${summary.folder}\n`);
process.exitCode = summary.problems.length === 0 ? 0 : 1;

// The program itself on a problem of 300 rows, without peers: does it run, and does its JSON hold what the documents say?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Finished, repository, runProgramFile, temporaryFolder } from '../support/commands.js';
import type { Report } from './format-report.js';

const bench = (...args: string[]): Promise<Finished> =>
  runProgramFile(process.execPath, ['--import', 'tsx', join(repository, 'tests/benchmarks/bench.ts'), ...args]);

it('measures, prints a table and writes it as JSON', async () => {
  const file = join(temporaryFolder(), 'report.json');
  const { code, stdout, stderr } = await bench('--quick', '--only', 'smoke', '--contenders', 'ours', '--repeat', '2', '--json', file);
  expect(stderr).toContain('smoke: round 2 of 2, ForecastLab');
  expect(code).toBe(0);
  expect(stdout).toContain('| GBDT fit, 300 × 6: does the harness run? | ForecastLab |');
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  expect(report).toMatchObject({ format: 1, leftOut: [], machine: { node: process.versions.node, cores: expect.any(Number) }, load: [expect.any(Number), expect.any(Number)] });
  expect(report.tasks).toHaveLength(1);
  const [{ lines, ...task }] = report.tasks;
  expect(task).toMatchObject({ task: 'smoke', unit: 's', measure: 'cpu', leftOut: [] });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ contender: 'ours', version: 'sources', rounds: 2 });
  for (const spread of [lines[0].cpu, lines[0].wall]) {
    expect(spread.min).toBeGreaterThan(0);
    expect(spread.median).toBeGreaterThanOrEqual(spread.min);
    expect(spread.max).toBeGreaterThanOrEqual(spread.median);
  }
  expect(lines[0].peakMb).toBeGreaterThan(10);
  // three classes at chance: ln 3 = 1.0986; the trees have learnt something
  expect(lines[0].logLoss).toBeLessThan(1.05);
  expect(lines[0].macroF1).toBeGreaterThan(0.4);
}, 120_000);

it('says what it does not understand, and fails', async () => {
  const { code, stdout, stderr } = await bench('--only', 'nothing');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^--only must name gbdt-real, .* Got "nothing"\.\n$/);
});

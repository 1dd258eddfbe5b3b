import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { search } from '../commands/search.js';
import type { SearchReport } from '../search/search-report.js';
import { repeatCommand } from './repeat-command.js';
import { searchReportFixture, SITUATIONS } from './testing/search-report-fixture.js';

/** The words that a shell makes of the command. */
function words(report: SearchReport): string[] {
  const script = `told() { for word; do printf '%s\\0' "$word"; done; }\n${repeatCommand(report).replace('forecastlab-train', 'told')}`;
  const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}

const after = (list: readonly string[], flag: string): string | undefined => list[list.indexOf(flag) + 1];

it('gives a full grid by its horizons and moves, and other candidates by name', () => {
  const grid = words(searchReportFixture('no-skill'));
  expect([grid[0], after(grid, '--T'), after(grid, '--X'), after(grid, '--seed'), grid.includes('--candidates')]).toEqual(['search', '7,10,14,21', '0.06,0.08,0.1,0.12,0.15', '42', false]);
  expect(after(words(searchReportFixture('second-stage')), '--candidates')).toBe('T21_X8,T21_X10,T14_X8');
  expect(after(words(searchReportFixture('failures')), '--candidates')?.split(',')).toHaveLength(20);
});

it('repeats moves in units of volatility', () => {
  const report = searchReportFixture('volatility');
  expect([after(words(report), '--T'), after(words(report), '--X'), after(words(report), '--V')]).toEqual(['7,14', '0.08,0.1', '1,1.5,2']);
  const alone = words({ ...report, candidates: report.candidates.filter(({ V }) => V !== undefined) });
  expect([after(alone, '--V'), alone.includes('--X')]).toEqual(['1,1.5,2', false]);
  const some = words({ ...report, candidates: report.candidates.slice(1) });
  expect(after(some, '--candidates')).toBe('T7_X10,T7_V1,T7_V1.5,T7_V2,T14_X8,T14_X10,T14_V1,T14_V1.5,T14_V2');
});

it('repeats flaws and hyper-parameters', () => {
  expect(after(words(searchReportFixture('flawed')), '--label-window')).toBe('trailing');
  expect(words(searchReportFixture('unpurged'))).toContain('--no-purge');
  expect(words(searchReportFixture('no-skill'))).not.toContain('--no-purge');
  expect(JSON.parse(after(words(searchReportFixture('single')), '--params') ?? '')).toEqual({ numLeaves: 15, learningRate: 0.05 });
});

it('repeats refits instead of windows', () => {
  const report = searchReportFixture('single');
  const options: SearchReport['options'] = { ...report.options, refitEvery: 30, trainWindow: 900 };
  const list = words({ ...report, options });
  expect([after(list, '--refit-every'), after(list, '--window'), list.includes('--step')]).toEqual(['30', '900', false]);
});

it('says who leads where features ask for a leader, and that nobody does', () => {
  const report = searchReportFixture('single');
  const market: SearchReport['options'] = { ...report.options, features: 'market' };
  expect(words(report)).not.toContain('--leader');
  expect(after(words({ ...report, options: market }), '--leader')).toBe('none');
  expect(after(words({ ...report, options: { ...market, leader: { symbol: null, file: 'led by.csv', fingerprint: 'f' } } }), '--leader')).toBe('led by.csv');
});

it('lets a shell run nothing but the command', () => {
  const report = searchReportFixture('single');
  const file = `a'b"$(echo x)\`echo y\`; echo "$HOME" & .csv`;
  expect(after(words({ ...report, market: { ...report.market, file } }), '--data')).toBe(file);
});

it('uses no option that the command does not have', () => {
  const known = Object.keys(search.options).map((name) => `--${name.length === 1 ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  for (const situation of SITUATIONS.filter((name) => name !== 'hostile')) {
    const report = searchReportFixture(situation);
    const options: SearchReport['options'] = { ...report.options, features: 'market', trainWindow: 900, shuffledFolds: 4, rankBy: 'f1' };
    const flags = words({ ...report, options }).filter((word) => word.startsWith('--'));
    expect(flags.map((flag) => flag.replace('--no-', '--')).filter((flag) => !known.includes(flag))).toEqual([]);
  }
});

// What a leading market does in the commands, called in-process: a file or a stored market leads, and what is missing without one is said.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEATURE_SETS, formatKlinesCsv, generateSampleMarket } from '@forecastlab/core';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'forecastlab-led-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function call(line: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({
    ...trainProgram,
    argv: line.split(' '),
    env: {},
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => Date.UTC(2022, 5, 1, 0, 5),
  });
  return { code, out, err };
}

const bars = (seed: number): string => formatKlinesCsv(generateSampleMarket({ seed, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2020, 0) }));
const MISSING = 'There are no stored bars of BTCUSDT 1d: the features of a leading market are missing.';
const columns = (file: string): Record<string, string[]> => {
  const [header, ...rows] = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  return Object.fromEntries(header.map((name, i) => [name, rows.map((cells) => cells[i])]));
};

beforeAll(() => {
  writeFileSync(join(root, 'ETHUSDT_1d.csv'), bars(1));
  writeFileSync(join(root, 'leading.csv'), bars(2));
});

/** Features that differ between candidates. */
const BOUND = FEATURE_SETS.market.filter(({ needs }) => needs === 'candidate').length;

describe('lookahead', () => {
  it('proves the set market for each candidate, with the leader', async () => {
    const { code, out, err } = await call('lookahead --data ETHUSDT_1d.csv --features market --candidates T14_X8,T14_V1.5 --leader ./leading.csv --cuts 2 --json');
    expect([code, err.includes('leading.csv: 730 closed bars of the leading market')]).toEqual([0, true]);
    const { ok, features, warmUp } = JSON.parse(out);
    expect(ok).toBe(true);
    expect(features).toHaveLength(FEATURE_SETS.market.length + BOUND);
    expect(features).toEqual(expect.arrayContaining(['leader_momentum_7', 'barrier_distance_T14_X8', 'barrier_distance_T14_V1.5']));
    expect(warmUp.warnings.filter((warning: string) => !warning.startsWith('volatility_ewm still'))).toEqual([]);
  });

  it('says once what is missing without a leader', async () => {
    const { code, out, err } = await call('lookahead --data ETHUSDT_1d.csv --features market --cuts 1');
    expect(code).toBe(0);
    expect(`${err}${out}`.split('eader').length - 1).toBeGreaterThan(0);
    expect(err).toContain(`warning: ${MISSING}`);
    expect(out).not.toContain('leader_momentum_7 has no value');
    expect((await call('lookahead --data ETHUSDT_1d.csv --features market --cuts 1 --leader none')).err).not.toContain(MISSING);
  });
});

describe('table', () => {
  it('has the features of the leader, and those of a candidate beside its label, in CSV as in Parquet', async () => {
    const line = 'table --data ETHUSDT_1d.csv --features market --candidates T14_X8,T14_V1.5 --leader ./leading.csv --out';
    expect((await call(`${line} led.csv`)).code).toBe(0);
    expect((await call(`${line} led.parquet`)).code).toBe(0);
    expect((await call(`table --data ETHUSDT_1d.csv --features market --candidates T14_X8 --out alone.csv`)).err).toContain(MISSING);
    const [led, alone] = [columns('led.csv'), columns('alone.csv')];
    expect(Object.keys(led)).toHaveLength(1 + (FEATURE_SETS.market.length - BOUND) + 2 * (BOUND + 3) + 1); // and the barrier of T14_V1.5
    expect(Object.keys(led).slice(-11, -6)).toEqual(['barrier_distance_T14_X8', 'barrier_side_odds_T14_X8', 'label_T14_X8', 'upswing_T14_X8', 'drawdown_T14_X8']);
    expect(led['barrier_distance_T14_X8'].at(-1)).not.toBe(led['barrier_distance_T14_V1.5'].at(-1));
    expect(led.volatility_60).toEqual(alone.volatility_60);
    expect([led.leader_momentum_7.at(-1) === '', new Set(alone.leader_momentum_7)]).toEqual([false, new Set([''])]);
    expect(readFileSync(join(root, 'led.parquet')).includes('barrier_distance_T14_V1.5')).toBe(true);
  });
});

describe('search', () => {
  const SEARCH = 'search --data ETHUSDT_1d.csv --candidates T5_X4,T5_X6 --features market --model logistic --init-train 300 --oos-window 100 --step 100 --threads 1 --json --quiet';
  const meta = (run: string) => JSON.parse(readFileSync(join(root, `outputs/backtest/${run}/meta.json`), 'utf8'));

  it('keeps who led, goes on with that leader only, and takes newer bars of it for no new trial', async () => {
    const first = await call(`${SEARCH} --leader ./leading.csv --run led`);
    expect(first.code).toBe(0);
    expect(meta('led').options.leader).toEqual({ symbol: null, file: 'leading.csv', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.parse((await call(`${SEARCH} --leader ./leading.csv --run led`)).out).status).toBe('unchanged');
    expect(await call(`${SEARCH} --run led`)).toMatchObject({ code: 1 });

    mkdirSync(join(root, 'newer'));
    writeFileSync(join(root, 'newer/leading.csv'), `${bars(2).trimEnd()}\n`.split('\n').slice(0, -2).join('\n'));
    expect((await call(`${SEARCH} --leader ./newer/leading.csv --run newer`)).code).toBe(0);
    expect(meta('newer').options.leader.fingerprint).not.toBe(meta('led').options.leader.fingerprint);
    expect(meta('newer').earlierTrials).toEqual([]);

    expect((await call(`${SEARCH} --leader none --run alone`)).code).toBe(0);
    expect(meta('alone').options).not.toHaveProperty('leader');
    expect(meta('alone').earlierTrials).toEqual([{ run: 'led', candidates: 2 }]);
    const report = readFileSync(join(root, 'outputs/backtest/led/report.md'), 'utf8');
    expect(report).toContain('--leader leading.csv');
    expect(readFileSync(join(root, 'outputs/backtest/alone/report.md'), 'utf8')).toContain('--leader none');
  });

  it('gives the same bytes with two threads, each candidate having features of its own', async () => {
    expect((await call(`${SEARCH} --leader ./leading.csv --run one`)).code).toBe(0);
    const report = (run: string) => JSON.parse(readFileSync(join(root, `outputs/backtest/${run}/report.json`), 'utf8')).candidates;
    expect(report('one')).toEqual(report('led'));
  });
});

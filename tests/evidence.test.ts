// Evidence as a program calls it: skill is found where it was planted and not in noise, odd markets are named, an interruption changes nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClassifierKind, CLASSIFIERS, type Klines, klineCount, parseCandidates, sliceKlines } from '@forecastlab/core';
import { openFolderStore } from '@forecastlab/core/node';
import { type EvidenceOutcome, type EvidenceRequest, runEvidence } from '@forecastlab/train';
import { describe, expect, it } from 'vitest';
import { filesUnder, temporaryFolder } from './support/commands.js';
import { regimeMarket } from './support/regime-market.js';

const code = { gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } };
const market = (symbol: string, klines: Klines, interval = '1d'): EvidenceRequest['markets'][number] => ({ symbol, klines, interval, source: 'file', isSynthetic: true, file: `${symbol}.csv`, warnings: [] });
const markets = (hasRegimes: boolean): EvidenceRequest['markets'] => [1, 2, 3].map((seed) => market(`M${seed}USDT`, regimeMarket(seed, { hasRegimes })));
const LOGISTIC = { preset: null, modelKind: 'logistic', params: { C: 0.01 }, calibration: 'none', sampleWeighting: 'none' } as const;

function evidence(root: string, more: Partial<EvidenceRequest> = {}): Promise<EvidenceOutcome> {
  return runEvidence({
    markets: markets(true),
    candidates: parseCandidates('T5_X4'),
    featureSet: 'market',
    model: LOGISTIC,
    folds: { firstTestMs: Date.UTC(2019, 3, 1), refitEvery: 100 },
    seed: 42,
    run: 'r',
    store: openFolderStore(root),
    code,
    ...more,
  });
}
const files = (root: string): Record<string, string> => filesUnder(join(root, 'outputs', 'evidence'));

describe('runEvidence', () => {
  it('finds the skill that was planted, in the touch and not in the side, on markets together and alone', async () => {
    const root = temporaryFolder();
    const { report, status } = await evidence(root, { alone: LOGISTIC });
    expect(status).toBe('done');
    const [found] = report.pooled;
    const [againstShares] = found.comparisons;
    expect(againstShares.name).toBe('class-shares');
    expect(againstShares.skill.interval?.[0]).toBeGreaterThan(0);
    expect(found.parts[0].touch.ofTotal.skill).toBeGreaterThan(0.02);
    expect(Math.abs(found.parts[0].side.ofTotal.skill ?? 1)).toBeLessThan(0.03);
    expect(report.alone.map(({ symbol }) => symbol)).toEqual(['M1USDT', 'M2USDT', 'M3USDT']);
    expect(report.ablations[0].lines[0].rows).toBe(found.rows);
    expect(Object.keys(files(root)).sort()).toEqual(['r/T5_X4/predictions.csv', 'r/T5_X4/predictions_alone.csv', 'r/evidence.json', 'r/meta.json', 'r/report.html', 'r/report.md']);
    const lines = readFileSync(join(root, 'outputs/evidence/r/T5_X4/predictions.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toMatch(/^symbol,asof_date,fold,label,barrier,volatility,p_down,p_neutral,p_up,class_shares_p_down,/);
    expect(lines).toHaveLength(found.rows + 1);
    expect(lines[1]).toMatch(/^M1USDT,2019-04-01,0,-?[01],0\.04,0\.\d+,/);
    expect((await evidence(root, { alone: LOGISTIC })).status).toBe('unchanged');
  });

  it('finds none in noise', async () => {
    const { report } = await evidence(temporaryFolder(), { markets: markets(false) });
    expect(report.verdict.hasSkill).toBe(false);
    expect(report.pooled[0].comparisons[0].skill.interval?.[0]).toBeLessThan(0);
  });

  it('goes on where it was interrupted, with the same bytes', async () => {
    const [whole, cut] = [temporaryFolder(), temporaryFolder()];
    await evidence(whole);
    const stop = new AbortController();
    let fits = 0;
    const progress = { task: () => ({ advance: () => void ((fits += 1) === 2 && stop.abort(new Error('enough'))), set() {}, end() {} }) };
    await expect(evidence(cut, { signal: stop.signal, progress, threads: 1 })).rejects.toThrow();
    await expect(evidence(cut)).rejects.toMatchObject({ code: 'CONFLICT' });
    const { status, fits: done } = await evidence(cut, { isResumed: true });
    expect(status).toBe('resumed');
    expect(done.kept).toBeGreaterThan(0);
    expect(files(cut)).toEqual(files(whole));
    await expect(evidence(cut, { seed: 43 })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('options.seed is 42, not 43') });
  });

  it('names markets that do not go together', async () => {
    const [a, b] = markets(true);
    await expect(evidence(temporaryFolder(), { markets: [a, { ...b, symbol: a.symbol }] })).rejects.toMatchObject({ code: 'BAD_OPTION', message: 'The market M1USDT is named twice.' });
    await expect(evidence(temporaryFolder(), { markets: [a, { ...b, interval: '1h' }] })).rejects.toMatchObject({ code: 'BAD_OPTION', message: 'All markets must have bars of one length. M1USDT has 1d, M2USDT 1h.' });
  });

  it('trains on a market that ended before the test, and says so of one with too few bars', async () => {
    const [a, b, c] = [1, 2, 3].map((seed) => regimeMarket(seed));
    const { report } = await evidence(temporaryFolder(), { markets: [market('A', a), market('B', sliceKlines(b, 0, 400)), market('C', sliceKlines(c, klineCount(c) - 50))] });
    expect(report.warnings).toEqual(['B has no row in the test: it is trained on only.', 'C has no labelled row of T5_X4: its bars are too few.']);
    expect(report.pooled[0].rows).toBeLessThan(klineCount(a));
    await expect(evidence(temporaryFolder(), { markets: [market('B', sliceKlines(b, 0, 400))] })).rejects.toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('No labelled row lies at or after the first test, 2019-04-01.') });
  });

  it('bears a candidate without touches, and one that fails beside others', async () => {
    const quiet = await evidence(temporaryFolder(), { candidates: parseCandidates('T5_X4,T1_X900'), alone: LOGISTIC });
    expect(quiet.report.failures).toEqual([]);
    expect(quiet.report.pooled.map(({ candidate, verdict }) => [candidate, verdict.hasSkill])).toEqual([['T5_X4', expect.any(Boolean)], ['T1_X900', false]]);
    const root = temporaryFolder();
    const long = await evidence(root, { candidates: parseCandidates('T5_X4,T800_X4') });
    expect(long.report.failures).toEqual([{ candidate: 'T800_X4', message: expect.stringContaining('No labelled row lies'), hint: expect.any(String) }]);
    const failing: ClassifierKind = { ...(CLASSIFIERS.logistic as ClassifierKind), fit: () => { throw new Error('no fits, please'); } };
    await expect(evidence(temporaryFolder(), { model: { ...LOGISTIC, modelKind: failing as never } })).rejects.toMatchObject({ code: 'FAILED', message: 'Every candidate failed. T5_X4: no fits, please' });
  });
});

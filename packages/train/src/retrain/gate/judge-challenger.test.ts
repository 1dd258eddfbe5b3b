import { type Bundle, type ClassifierKind, generateSampleMarket, type Klines, loadBundle, LOGISTIC, parseCandidates, sliceKlines } from '@forecastlab/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundleMarket, trainBundle } from '../../train-bundle.js';
import { type Recipe, recipeOf } from '../recipe.js';
import { type GateSide, judgeChallenger } from './judge-challenger.js';

const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2019, 0, 1) });
const last = klines.openTimeMs.length - 1;
const marketOf = (bars: Klines, symbol = 'SAMPLEUSDT'): BundleMarket => ({ klines: bars, symbol, interval: '1d', source: 'sample', isSynthetic: true, file: null });
const code = { gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } };

async function bundleOf(bars: Klines, more: object = {}): Promise<Bundle> {
  const { files } = await trainBundle({ market: marketOf(bars), candidates: parseCandidates('T7_X6,T5_X4'), featureSet: 'flow', modelKind: 'logistic', seed: 42, createdAtMs: 0, ...code, ...more });
  return loadBundle(files);
}
const sideOf = (bundle: Bundle, markets: readonly BundleMarket[], change: Partial<Recipe> = {}): GateSide & { bundle: Bundle } => {
  const recipe = { ...recipeOf(bundle.meta), ...change };
  return { bundle, recipe, modelKind: recipe.modelKind, cutOffMs: Date.parse(bundle.meta.training.cutOff), bars: { markets } };
};
const WORSE: Partial<Recipe> = { params: { C: 1e5 }, window: 60 };

/** A logistic regression that notes what it is fitted on, and what it answers. */
function spying(fits: string[], answers: Float64Array[]): ClassifierKind {
  return {
    ...LOGISTIC,
    fit(data, options) {
      fits.push(JSON.stringify([[...data.labels], data.features.columns.map((column) => column[column.length - 1])]));
      const model = LOGISTIC.fit(data, options);
      return { ...model, predictProba: (features, offsets) => { const found = model.predictProba(features, offsets); answers.push(found); return found; } };
    },
  };
}

describe('judgeChallenger', () => {
  let [champion, week]: Bundle[] = [];
  beforeAll(async () => {
    [champion, week] = [await bundleOf(sliceKlines(klines, 0, last - 6)), await bundleOf(klines)];
  }, 60_000);
  const request = (more: Partial<Parameters<typeof judgeChallenger>[0]> = {}): Parameters<typeof judgeChallenger>[0] => ({ challenger: sideOf(week, [marketOf(klines)]), champion: sideOf(champion, [marketOf(klines)]), gateRows: 84, margin: 0, ...more });

  it('compares both recipes with their ages on the same rows, and gives the same numbers again', async () => {
    const report = await judgeChallenger(request());
    expect(report).toMatchObject({ rows: 84, times: 84, blocks: 4, frozenBlocks: 0, ageBars: 7, margin: 0, lastOpenTime: new Date(klines.openTimeMs[last - 7]).toISOString() });
    expect(report?.candidates.map(({ name }) => name)).toEqual(['T7_X6', 'T5_X4']);
    expect(report?.difference).not.toBe(0);
    expect(report?.isNotWorse).toBe((report?.difference ?? 0) <= 0);
    const mean = (report?.candidates ?? []).reduce((sum, { difference }) => sum + difference / 2, 0);
    expect(report?.difference).toBeCloseTo(mean, 12);
    expect(await judgeChallenger(request())).toEqual(report);
  });

  it('the same recipe of the same age differs by nothing, and that is not worse', async () => {
    const same = sideOf(week, [marketOf(klines)]);
    expect(await judgeChallenger(request({ champion: same }))).toMatchObject({ difference: 0, interval: [0, 0], isNotWorse: true, ageBars: 0 });
  });

  it('a worse recipe is worse, whichever side it is on; the margin is in nats', async () => {
    const worse = await judgeChallenger(request({ challenger: sideOf(week, [marketOf(klines)], WORSE) }));
    expect(worse?.isNotWorse).toBe(false);
    expect(worse?.difference).toBeGreaterThan(0.02);
    expect((await judgeChallenger(request({ challenger: sideOf(week, [marketOf(klines)], WORSE), margin: (worse?.difference ?? 0) + 1e-9 })))?.isNotWorse).toBe(true);
    expect((await judgeChallenger(request({ champion: { ...sideOf(champion, [marketOf(klines)], WORSE), bundle: champion } })))?.difference).toBeLessThan(-0.02);
  });

  it('changes of later bars move neither fits nor answers of a block', async () => {
    const run = async (bars: Klines): Promise<{ fits: string[]; answers: Float64Array[] }> => {
      const [fits, answers]: [string[], Float64Array[]] = [[], []];
      const modelKind = spying(fits, answers);
      const challenger = { ...sideOf(week, [marketOf(bars)]), modelKind };
      await judgeChallenger(request({ challenger, champion: { ...sideOf(champion, [marketOf(bars)]), modelKind } }));
      return { fits, answers };
    };
    const [plain, changed] = [await run(klines), await run(withOtherFuture(klines, last - 7 - 21))];
    // four blocks of two candidates and two sides; the newest block is the one whose labels and bars were changed
    expect(plain.fits).toHaveLength(16);
    expect(changed.fits.slice(0, 12)).toEqual(plain.fits.slice(0, 12));
    expect(changed.answers.slice(0, 12)).toEqual(plain.answers.slice(0, 12));
    // fits of the newest block saw nothing of it either
    expect(changed.fits.slice(12)).toEqual(plain.fits.slice(12));
    expect(changed.answers.slice(12)).not.toEqual(plain.answers.slice(12));
  });

  it('lets the champion itself answer where it has seen nothing of the block', async () => {
    const old = await bundleOf(sliceKlines(klines, 0, last - 60));
    const report = await judgeChallenger(request({ champion: sideOf(old, [marketOf(klines)]) }));
    expect(report).toMatchObject({ ageBars: 61, blocks: 4, frozenBlocks: 2 });
    const worthless = { ...old, models: new Map([...old.models].map(([name, model]) => [name, { ...model, predictProba: (features: { length: number }) => Float64Array.from({ length: 3 * features.length }, (_, at) => [0.98, 0.01, 0.01][at % 3]) }])) };
    expect((await judgeChallenger(request({ champion: sideOf(worthless, [marketOf(klines)]) })))?.championLoss).toBeGreaterThan((report?.championLoss ?? 0) + 0.3);
  });

  it('compares pooled bundles on the rows of all markets', async () => {
    const markets = [marketOf(klines, 'AAAUSDT'), marketOf(generateSampleMarket({ seed: 2, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2019, 0, 1) }), 'BBBUSDT')];
    const cut = markets.map((market) => ({ ...market, klines: sliceKlines(market.klines, 0, last - 6) }));
    const pooled = await bundleOf(klines, { market: markets[0], markets });
    const before = await bundleOf(klines, { market: cut[0], markets: cut });
    expect(await judgeChallenger(request({ challenger: sideOf(pooled, markets), champion: sideOf(before, markets) }))).toMatchObject({ rows: 168, times: 84, blocks: 4, ageBars: 7 });
  }, 30_000);

  it('says nothing with too few rows, and hears the signal', async () => {
    const short = sliceKlines(klines, 0, 90);
    expect(await judgeChallenger(request({ challenger: sideOf(week, [marketOf(short)]), champion: sideOf(champion, [marketOf(short)]) }))).toBeNull();
    await expect(judgeChallenger(request({ signal: AbortSignal.abort(new Error('stopped')) }))).rejects.toThrow('stopped');
  });
});

/** The same bars up to `bar`, and others of the same times after it. */
function withOtherFuture(bars: Klines, bar: number): Klines {
  const change = (column: Float64Array): Float64Array => column.map((value, i) => (i <= bar ? value : value * (1.5 + Math.sin(i))));
  return { ...bars, open: change(bars.open), high: change(bars.high), low: change(bars.low), close: change(bars.close), volume: change(bars.volume), quoteVolume: change(bars.quoteVolume), takerBuyBase: change(bars.takerBuyBase) };
}

import { generateSampleMarket, loadBundle, parseCandidates, sliceKlines } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { chooseTraining, type GivenTraining } from '../commands/choose-training.js';
import { type BundleMarket, trainBundle, type TrainBundleRequest } from '../train-bundle.js';
import { chooseRecipe } from './choose-recipe.js';
import { recipeOf } from './recipe.js';
import { trainChallenger } from './train-challenger.js';
import { openFolderStore, openModelRegistry } from '@forecastlab/core/node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2018, 8, 1) });
const market = (symbol: string, skip: number): BundleMarket => ({ klines: sliceKlines(klines, skip, klines.openTimeMs.length), symbol, interval: '1d', source: 'sample', isSynthetic: true, file: null });
const code = { gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } };

type Case = [string, GivenTraining, Partial<TrainBundleRequest>];
const cases: Case[] = [
  ['defaults with early stopping', { model: 'gbdt', params: { numIterations: 8, earlyStoppingRound: 3, minDataInLeaf: 5 } }, {}],
  ['a window, weights and calibration', { model: 'logistic', calibration: 'sigmoid', sampleWeights: 'uniqueness' }, { window: 120, classWeights: 'balanced', seed: 7 }],
  ['a preset with a leader', { preset: 'small-data' }, { leader: { symbol: 'LEADUSDT', klines }, consistency: 'monotone' }],
  ['tuned', { model: 'logistic', tune: 3 }, {}],
  ['several markets', { preset: 'pooled', features: 'market' }, { markets: [market('AAAUSDT', 0), market('BBBUSDT', 20)], symbolWeighting: 'equal', window: 150 }],
];

describe('recipeOf', () => {
  it.each(cases)('%s: the same bars give the same models again', async (_, given, more) => {
    const { markets } = more;
    const request: TrainBundleRequest = { market: markets?.[0] ?? market('SAMPLEUSDT', 0), candidates: parseCandidates('T7_X6,T5_X4'), ...chooseTraining(given), seed: 42, createdAtMs: 0, ...code, ...more, name: 'one' };
    const { meta, ...bundle } = loadBundle((await trainBundle(request)).files);
    const recipe = recipeOf(meta);
    const root = mkdtempSync(join(tmpdir(), 'forecastlab-recipe-'));
    try {
      const store = openFolderStore(root);
      const files = await trainChallenger({ store, registry: openModelRegistry(store), recipe: JSON.parse(JSON.stringify(recipe)) as typeof recipe, bars: { markets: markets ?? [request.market], leader: more.leader }, name: 'one', code, createdAtMs: 0, context: { signal: new AbortController().signal, log: () => undefined } });
      expect(loadBundle(files).meta).toEqual(meta);
      expect(bundle.sha256).toBe(loadBundle(files).sha256);
    } finally {
      rmSync(root, { recursive: true });
    }
  }, 60_000);

  it('refuses what was not made in one way', async () => {
    const { meta } = loadBundle((await trainBundle({ market: market('SAMPLEUSDT', 0), candidates: parseCandidates('T7_X6,T5_X4'), featureSet: 'flow', modelKind: 'prior', seed: 1, createdAtMs: 0, ...code })).files);
    const [first, second] = meta.candidates;
    expect(() => recipeOf({ ...meta, candidates: [first, { ...second, params: { l2: 3 } }] })).toThrow('T5_X4 was made in another way than T7_X6');
    expect(() => recipeOf({ ...meta, featureSet: 'of-old' })).toThrow('is no set of this version');
  });
});

describe('chooseRecipe', () => {
  const champion = { ...recipeBase(), modelKind: 'gbdt' as const, params: { numLeaves: 7 }, calibration: 'sigmoid' as const, preset: 'lightgbm' };

  it('keeps what nobody asked to change', () => {
    expect(chooseRecipe(champion, {})).toEqual(champion);
    expect(chooseRecipe(champion, { window: 100, seed: 3 })).toEqual({ ...champion, window: 100, seed: 3 });
    expect(chooseRecipe(champion, { calibration: 'none' })).toEqual({ ...champion, calibration: 'none', preset: null });
    expect(chooseRecipe(champion, { model: 'logistic' })).toMatchObject({ modelKind: 'logistic', params: {}, calibration: 'sigmoid' });
    expect(chooseRecipe(champion, { preset: 'small-data' })).toMatchObject({ preset: 'small-data', featureSet: 'market', ...(({ modelKind, params, calibration }) => ({ modelKind, params, calibration }))(chooseTraining({ preset: 'small-data' })) });
  });

  it('has no leader where no feature follows one', () => {
    expect(chooseRecipe(champion, { leader: 'BTCUSDT' }).leader).toBeNull();
    expect(chooseRecipe(champion, { leader: 'BTCUSDT', features: 'market' }).leader).toBe('BTCUSDT');
    expect(chooseRecipe(champion, { leader: 'SAMPLEUSDT', features: 'market' }).leader).toBeNull();
    expect(chooseRecipe({ ...champion, featureSet: 'market', leader: 'BTCUSDT' }, { leader: 'none' }).leader).toBeNull();
  });

  it('asks which kind is tuned', () => {
    expect(() => chooseRecipe({ ...champion, modelKind: 'tuned' }, { tune: 5 })).toThrow('tuned already');
  });
});

function recipeBase(): ReturnType<typeof recipeOf> {
  return { symbols: ['SAMPLEUSDT'], interval: '1d', leader: null, candidates: ['T7_X6'], labelOptions: { window: 'forward', tieBreak: 'first-touch', touch: 'close' }, featureSet: 'flow', preset: null, modelKind: 'gbdt', params: {}, classWeights: 'none', calibration: 'none', sampleWeighting: 'none', symbolWeighting: 'rows', consistency: 'none', window: null, seed: 42 };
}

import { type Bundle, type Classifier, generateSampleMarket, loadBundle, parseCandidates, sliceKlines } from '@forecastlab/core';
import { beforeAll, expect, it } from 'vitest';
import { type BundleMarket, trainBundle } from '../train-bundle.js';
import { checkChallenger, type SoundnessSide } from './check-challenger.js';
import { recipeOf } from './recipe.js';

const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2018, 8, 1) });
const last = klines.openTimeMs.length;
let [champion, challenger]: SoundnessSide[] = [];
beforeAll(async () => {
  [champion, challenger] = await Promise.all(
    [last - 7, last].map(async (end) => {
      const market: BundleMarket = { klines: sliceKlines(klines, 0, end), symbol: 'SAMPLEUSDT', interval: '1d', source: 'sample', isSynthetic: true, file: null };
      const { files } = await trainBundle({ market, candidates: parseCandidates('T5_X4'), featureSet: 'flow', modelKind: 'logistic', seed: 42, createdAtMs: 0, gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } });
      const bundle = loadBundle(files);
      return { bundle, recipe: recipeOf(bundle.meta), bars: { markets: [{ ...market, klines }] } };
    }),
  );
}, 30_000);

const problemsOf = (more: Partial<SoundnessSide>): readonly string[] => checkChallenger({ ...challenger, ...more }, champion).problems;
/** The challenger with other answers. */
function answering(answer: (row: number) => readonly [number, number, number]): Bundle {
  const model = challenger.bundle.models.get('T5_X4') as Classifier;
  const predictProba: Classifier['predictProba'] = ({ length }) => Float64Array.from({ length: 3 * length }, (_, at) => answer(Math.floor(at / 3))[at % 3]);
  return { ...challenger.bundle, models: new Map([['T5_X4', { ...model, predictProba }]]) };
}

it('finds nothing wrong with a week more', () => {
  const { problems, distances } = checkChallenger(challenger, champion);
  expect(problems).toEqual([]);
  expect(distances.T5_X4).toBeGreaterThan(0);
  expect(distances.T5_X4).toBeLessThan(0.2);
});

it.each([
  ['no probabilities', () => [Number.NaN, 0.5, 0.5], 'are no probabilities'],
  ['sums other than 1', () => [0.5, 0.5, 0.5], 'are no probabilities'],
  ['certainty', (row) => (row % 2 === 0 ? [1, 0, 0] : [0, 1, 0]), 'certain of T5_X4 on 63 of the newest 63 bars'],
  ['one answer to all', () => [0.3, 0.4, 0.3], 'the same answer to T5_X4'],
  ['answers from another world', (row) => [0.96, 0.02 + 1e-6 * row, 0.02 - 1e-6 * row], 'nothing to do with the champion\'s: mean total variation distance 0.'],
] as [string, (row: number) => [number, number, number], string][])('refuses %s', (_, answer, problem) => {
  expect(problemsOf({ bundle: answering(answer) }).join(' ')).toContain(problem);
});

it('refuses what is not newer, has fewer rows, or answers less', () => {
  expect(checkChallenger(champion, champion).problems.join(' ')).toContain('nothing newer');
  expect(checkChallenger({ ...champion, recipe: { ...champion.recipe, seed: 1 } }, champion).problems).toEqual([]);
  const { meta } = challenger.bundle;
  const few = { ...challenger.bundle, meta: { ...meta, candidates: meta.candidates.map((candidate) => ({ ...candidate, rows: 100 })) } };
  expect(problemsOf({ bundle: few }).join(' ')).toContain('trained on 100 rows for T5_X4');
  expect(problemsOf({ bundle: few, recipe: { ...challenger.recipe, window: 100 } })).toEqual([]);
  expect(problemsOf({ recipe: { ...challenger.recipe, candidates: ['T3_X3'] } })).toEqual(['It does not answer T5_X4, which the champion does.']);
});

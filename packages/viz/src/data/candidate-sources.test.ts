import { type Bundle, type BundleCandidate, type Classifier, generateSampleMarket } from '@forecastlab/core';
import { expect, it } from 'vitest';
import { candidateSources } from './candidate-sources.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

it('replays a model that looks back as it would have answered on each day', () => {
  const klines = generateSampleMarket({ seed: 1, startMs: START, endMs: START + 20 * DAY });
  /** Says how many rows it was given up to each row, at most four. */
  const model: Classifier = {
    kind: 'gru',
    featureNames: ['x'],
    contextRows: 3,
    predictProba: ({ length }) => Float64Array.from({ length: 3 * length }, (_, i) => (i % 3 === 0 ? Math.min(4, (i - (i % 3)) / 3 + 1) : 0)),
    serialize: () => ({ kind: 'gru', version: 1, featureNames: ['x'] }),
  };
  const candidate = { name: 'T7_X6', T: 7, X: 0.06, labelOptions: { window: 'forward', tieBreak: 'first-touch', touch: 'close' }, lastOpenTime: new Date(START + 9 * DAY).toISOString() } as unknown as BundleCandidate;
  const bundle = { models: new Map([['T7_X6', model]]), walkForward: new Map(), meta: { candidates: [candidate], training: { cutOff: new Date(START + 15 * DAY).toISOString() } } } as unknown as Bundle;
  const features = { names: ['x'], columns: [klines.close], length: 20, openTimeMs: klines.openTimeMs };
  const { replay, overlap } = candidateSources(candidate, { bundle, klines, intervalMs: DAY, features: [features], firstShown: 5, recorded: [] });
  expect([[...overlap.keys()][0], overlap.size, replay.size]).toEqual([START + 10 * DAY, 5, 5]);
  for (const [down] of [...overlap.values(), ...replay.values()]) expect(down).toBe(4);
});

// Bundles end to end: what is frozen comes back bit for bit, and the same input gives the same bytes.
import { describe, expect, it } from 'vitest';
import { createBundle, deployName, fitClassifier, formatModelCard, loadBundle, type ModelKind, parseBundleMeta, predictWithBundle } from '@forecastlab/core';
import { CANDIDATES, FEATURE_NAMES, tinyBundle, tinyInput, tinyRows } from './support/tiny-bundle.js';

describe.each<ModelKind>(['gbdt', 'random-forest', 'logistic', 'prior'])('a bundle of %s models', (kind) => {
  it('predicts after loading what its models predicted before', async () => {
    const input = await tinyInput('tiny', { kind });
    const files = createBundle(input);
    expect([...files.keys()]).toEqual(['model_T21_X8.json', 'walk_forward_T21_X8.csv', 'model_T14_X8.5.json', 'MODEL_CARD.md', 'meta.json']);
    const bundle = loadBundle(files);
    const { features } = tinyRows(9);
    const answers = Array.from({ length: features.length }, (_, row) => predictWithBundle(bundle, features, row));
    input.candidates.forEach(({ model }, c) => {
      const expected = model.predictProba(features);
      expect(Float64Array.from(answers.flatMap((answer) => [...answer[c].probabilities]))).toEqual(expected);
    });
    const [first] = answers[0];
    expect(first.candidate.name).toBe('T21_X8');
    expect(first.predLabel).toBe([-1, 0, 1][first.probabilities.indexOf(Math.max(...first.probabilities))]);
    expect(first.contributions.map(({ name }) => name).sort()).toEqual(kind === 'prior' ? [] : [...FEATURE_NAMES].sort());
    expect(first.contributions.map(({ contribution }) => -Math.abs(contribution))).toEqual(first.contributions.map(({ contribution }) => -Math.abs(contribution)).sort((a, b) => a - b));
  });

  it('is the same bytes for the same input', async () => {
    const files = await tinyBundle('tiny', { kind });
    expect(await tinyBundle('tiny', { kind })).toEqual(files);
    expect(loadBundle(Object.fromEntries(files)).sha256).toBe(loadBundle(files).sha256);
  });
});

describe('meta.json', () => {
  it('says where the bundle comes from and what it is worth', async () => {
    const { meta, walkForward } = loadBundle(await tinyBundle('tiny'));
    expect(meta).toMatchObject({
      schemaVersion: 2,
      deployName: 'tiny',
      createdAt: '2025-01-31T00:00:00.000Z',
      data: { firstOpenTime: '2024-01-01T00:00:00.000Z', synthetic: true },
      training: { firstOpenTime: '2024-01-01T00:00:00.000Z', lastOpenTime: '2024-04-29T00:00:00.000Z', cutOff: '2024-05-19T00:00:00.000Z' },
      candidates: [
        { name: 'T21_X8', rows: 120, labelOptions: { window: 'forward', tieBreak: 'first-touch', touch: 'close' }, walkForward: { folds: 2, isPurged: true, verdict: { hasSkill: false } } },
        { name: 'T14_X8.5', walkForward: null },
      ],
    });
    const predictions = walkForward.get('T21_X8');
    expect(predictions?.openTimeMs).toHaveLength(60);
    const input = await tinyInput('tiny');
    expect(predictions).toEqual(input.candidates[0].walkForward?.predictions);
    expect(walkForward.has('T14_X8.5')).toBe(false);
  });

  it('describes the training rows for drift', async () => {
    const { meta } = loadBundle(await tinyBundle('tiny'));
    const column = tinyRows(1).features.columns[0];
    const present = column.filter((value) => !Number.isNaN(value)).sort();
    const [reference] = meta.driftReference.features;
    expect(reference.missingShare).toBe((120 - present.length) / 120);
    expect(reference.quantiles?.[0]).toBe(present[0]);
    expect(reference.quantiles?.[10]).toBe(present[present.length - 1]);
    const middle = (present.length - 1) / 2;
    expect(reference.quantiles?.[5]).toBeCloseTo((present[Math.floor(middle)] + present[Math.ceil(middle)]) / 2, 12);
    expect(meta.parity.some(({ inputs }) => inputs.every((value) => value === null))).toBe(true);
  });

  it('passes over fields of later releases and refuses later schemas with the way out', async () => {
    const files = new Map(await tinyBundle('tiny'));
    const edit = (change: object): Uint8Array => new TextEncoder().encode(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(files.get('meta.json'))), ...change }));
    files.set('meta.json', edit({ mood: 'good' }));
    expect(loadBundle(files).meta.deployName).toBe('tiny');
    expect(() => parseBundleMeta(edit({ schemaVersion: 3 }))).toThrow('schema version 3; this release reads up to 2');
  });
});

describe('the model card', () => {
  it('is made of meta.json, whatever the time of creation', async () => {
    const files = await tinyBundle('tiny');
    const card = new TextDecoder().decode(files.get('MODEL_CARD.md'));
    expect(card).toBe(formatModelCard(loadBundle(files).meta));
    expect(card).toContain('**The prices are synthetic');
    expect((await tinyBundle('tiny', { createdAtMs: 0 })).get('MODEL_CARD.md')).toEqual(files.get('MODEL_CARD.md'));
    const agreeing = createBundle({ ...(await tinyInput('tiny')), consistency: 'monotone' });
    expect(loadBundle(agreeing).meta.consistency).toBe('monotone');
    expect(new TextDecoder().decode(agreeing.get('MODEL_CARD.md'))).toContain('made to agree');
    expect(createBundle({ ...(await tinyInput('tiny')), consistency: 'none' })).toEqual(files);
  });
});

describe('createBundle', () => {
  it('refuses what does not belong together', async () => {
    const input = await tinyInput('tiny');
    const reordered = { ...input, featureNames: ['ret1', 'rsi_14', 'vol21'] };
    expect(() => createBundle(reordered)).toThrow('The `featureNames` option of createBundle');
    expect(() => createBundle({ ...input, candidates: [] })).toThrow('at least one');
    expect(() => createBundle({ ...input, candidates: [input.candidates[0], input.candidates[0]] })).toThrow('each once');
    expect(() => createBundle({ ...input, deployName: '../x' })).toThrow('must be the name of a bundle');
  });

  it('refuses a model that does not survive being stored', async () => {
    const input = await tinyInput('tiny');
    const [first, second] = input.candidates;
    const liar = { ...first.model, predictProba: (features: { length: number }) => new Float64Array(3 * features.length).fill(1 / 3) };
    expect(() => createBundle({ ...input, candidates: [{ ...first, model: liar }, second] })).toThrow(/could not be read back: .*parity row 0/);
    const infinite = { ...first.model, serialize: () => ({ ...first.model.serialize(), scale: Infinity }) };
    expect(() => createBundle({ ...input, candidates: [{ ...first, model: infinite }, second] })).toThrow('Got Infinity at .scale');
  });
});

describe('predictWithBundle', () => {
  it('matches columns by name and names a missing one', async () => {
    const bundle = loadBundle(await tinyBundle('tiny'));
    const { features } = tinyRows(3);
    const shuffled = { names: ['vol21', 'rsi_14', 'ret1'], columns: [features.columns[2], features.columns[0], features.columns[1]], length: features.length };
    expect(predictWithBundle(bundle, shuffled, 5)).toEqual(predictWithBundle(bundle, features, 5));
    expect(() => predictWithBundle(bundle, { ...features, names: ['rsi_14', 'ret1', 'other'] }, 5)).toThrow('"vol21"');
    expect(() => predictWithBundle(bundle, features, 120)).toThrow('from 0 to 119');
  });
});

describe('deployName', () => {
  it('is made of feature set, candidates and date', () => {
    expect(deployName({ featureSet: 'flow', candidates: ['T21_X8', 'T14_X8'], date: '2025-01-31' })).toBe('flow_T21X8_T14X8_20250131');
    expect(deployName({ featureSet: 'flow', candidates: CANDIDATES.map(({ name }) => name), date: '2025-01-31' })).toBe('flow_T21X8_T14X8p5_20250131');
  });

  it.each([
    { featureSet: '../x', candidates: ['T21_X8'], date: '2025-01-31' },
    { featureSet: 'flow', candidates: [], date: '2025-01-31' },
    { featureSet: 'flow', candidates: ['T21X8'], date: '2025-01-31' },
    { featureSet: 'flow', candidates: ['T21_X8'], date: '20250131' },
    { featureSet: 'flow', candidates: Array.from({ length: 40 }, (_, i) => `T${i + 1}_X8`), date: '2025-01-31' },
  ])('refuses %j', (options) => {
    expect(() => deployName(options)).toThrow('must be');
  });
});

it('keeps a fit reproducible: the fixture itself does not drift', () => {
  const rows = tinyRows(1);
  expect(fitClassifier('logistic', rows, { seed: 1 }).serialize()).toEqual(fitClassifier('logistic', tinyRows(1), { seed: 1 }).serialize());
});

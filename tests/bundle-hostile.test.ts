// A bundle is hostile input. Each case is forged as an attacker would: checksums in meta.json are made to fit, so that
// the structure checks have to find it; plain damage is caught by the checksums.
import { beforeAll, describe, expect, it } from 'vitest';
import { type BundleFiles, createBundle, fitMarkets, isForecastLabError, loadBundle, sha256Hex } from '@forecastlab/core';
import { tinyBundle, tinyInput, tinyRows } from './support/tiny-bundle.js';

type Json = Record<string, unknown> & { [key: string]: never };
const MODEL = 'model_T21_X8.json';
const OTHER = 'model_T14_X8.5.json';
const TABLE = 'walk_forward_T21_X8.csv';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** The files with some replaced (undefined: removed) and meta.json made to fit; `editMeta` comes last. */
function forge(files: BundleFiles, changes: Record<string, string | undefined>, editMeta: (meta: Json) => unknown = (meta) => meta): Map<string, Uint8Array> {
  const forged = new Map(files);
  const meta = JSON.parse(decode(files.get('meta.json'))) as { files: Record<string, unknown> };
  for (const [name, text] of Object.entries(changes)) {
    if (text === undefined) {
      forged.delete(name);
      delete meta.files[name];
    } else {
      const bytes = encode(text);
      forged.set(name, bytes);
      meta.files[name] = { sha256: sha256Hex(bytes), bytes: bytes.length };
    }
  }
  const edited = editMeta(meta as unknown as Json);
  forged.set('meta.json', encode(typeof edited === 'string' ? edited : JSON.stringify(edited)));
  return forged;
}

let gbdt: BundleFiles;
beforeAll(async () => {
  gbdt = await tinyBundle('tiny', { kind: 'gbdt' });
});

/** Why the bundle is refused; 'loaded' when it is not, and the class of any error that is not ours. */
function refusal(files: ReadonlyMap<string, Uint8Array>): string {
  try {
    loadBundle(files);
    return 'loaded';
  } catch (error) {
    return isForecastLabError(error) && error.code === 'CORRUPT' && error.hint !== undefined ? error.message : String(error);
  }
}

it('the forger itself leaves a loadable bundle when it changes nothing', () => {
  expect(loadBundle(forge(gbdt, {})).meta.deployName).toBe('tiny');
  expect(loadBundle(forge(gbdt, { [MODEL]: decode(gbdt.get(MODEL)) })).meta.deployName).toBe('tiny');
});

describe('damage', () => {
  it('finds every single flipped byte of a small file and every cut', () => {
    for (const name of gbdt.keys()) {
      const bytes = gbdt.get(name) as Uint8Array;
      for (const at of [0, 1, Math.floor(bytes.length / 2), bytes.length - 2]) {
        const flipped = bytes.slice();
        flipped[at] ^= 1;
        const pinned = { expectedSha256: sha256Hex(gbdt.get('meta.json') as Uint8Array) };
        expect(() => loadBundle(new Map(gbdt).set(name, flipped), pinned)).toThrow('of the bundle cannot be used');
        expect(() => loadBundle(new Map(gbdt).set(name, bytes.slice(0, at)), pinned)).toThrow('of the bundle cannot be used');
      }
    }
  });

  it('names what is missing, too much, or oddly named', () => {
    const without = (name: string): Map<string, Uint8Array> => {
      const files = new Map(gbdt);
      files.delete(name);
      return files;
    };
    expect(refusal(without('meta.json'))).toMatch('meta.json of the bundle cannot be used: it is missing');
    expect(refusal(without(MODEL))).toMatch(`${MODEL} of the bundle cannot be used: it is missing`);
    expect(refusal(without('MODEL_CARD.md'))).toMatch('MODEL_CARD.md of the bundle cannot be used: it is missing');
    expect(refusal(new Map(gbdt).set('model_T7_X8.json', encode('{}')))).toMatch('meta.json does not list it');
    for (const name of ['../evil.json', 'model_../x.json', 'MODEL_T21_X8.json', 'model_T21_X8.json\n', 'model_T21_X8.js', '.hidden', '__proto__', 'x'.repeat(10_000)]) {
      expect(refusal(new Map(gbdt).set(name, encode('{}')))).toMatch('a bundle holds no file of that name');
    }
    expect(refusal(new Map([...gbdt, ...Array.from({ length: 200 }, (_, i) => [`model_T${i + 1}_X99.json`, encode('{}')] as const)]))).toMatch('it holds 205 files');
  });

  it('refuses a model card that was made to say something else', () => {
    const card = decode(gbdt.get('MODEL_CARD.md'));
    expect(card).toContain('No measurable skill');
    expect(refusal(new Map(gbdt).set('MODEL_CARD.md', encode(card.replaceAll('No measurable skill', 'Oh measurable skill'))))).toMatch('MODEL_CARD.md of the bundle cannot be used: its sha256 is not the one in meta.json');
  });

  it('refuses another bundle than the expected one', () => {
    expect(() => loadBundle(gbdt, { expectedSha256: '0'.repeat(64) })).toThrow('expected was 0000');
  });
});

describe('meta.json', () => {
  const edit = (change: (meta: Json) => unknown): Map<string, Uint8Array> => forge(gbdt, {}, change);
  const editDistribution = (meta: Json, change: (own: Json) => unknown): unknown => {
    const reference = meta.driftReference as Json;
    return { ...meta, driftReference: { ...reference, distribution: change(reference.distribution as Json) } };
  };
  it.each<[string, (meta: Json) => unknown, string | RegExp]>([
    ['no object', () => '[]', 'expected object'],
    ['empty', () => '', 'not JSON'],
    ['nested 100,000 deep', () => '['.repeat(100_000), 'nests deeper than 32'],
    ['a key __proto__', (meta) => JSON.stringify(meta).replace('{', '{"__proto__":{"polluted":true},'), '"__proto__"'],
    ['an escaped key __proto__', (meta) => JSON.stringify(meta).replace('{', '{"\\u005f_proto__":{"polluted":true},'), '"__proto__"'],
    ['an infinite number', (meta) => JSON.stringify(meta).replace('"seed":1', '"seed":1e999'), 'not finite'],
    ['NaN', (meta) => JSON.stringify(meta).replace('"seed":1', '"seed":NaN'), 'not JSON'],
    ['a name that is a path', (meta) => ({ ...meta, deployName: '../../etc' }), 'deployName'],
    ['no time', (meta) => ({ ...meta, createdAt: 'yesterday' }), 'createdAt'],
    ['a date that does not exist', (meta) => ({ ...meta, createdAt: '2025-13-45T00:00:00Z' }), 'createdAt'],
    ['schema version 0', (meta) => ({ ...meta, schemaVersion: 0 }), 'schemaVersion'],
    ['no candidates', (meta) => ({ ...meta, candidates: [] }), 'candidates'],
    ['features in another order', (meta) => ({ ...meta, featureNames: ['ret1', 'rsi_14', 'vol21'] }), 'driftReference'],
    ['a feature twice', (meta) => ({ ...meta, featureNames: ['ret1', 'ret1', 'vol21'] }), 'unique'],
    ['no parity rows', (meta) => ({ ...meta, parity: [] }), 'parity'],
    ['another file listed', (meta) => ({ ...meta, files: { ...(meta.files as object), 'model_T7_X8.json': { sha256: '0'.repeat(64), bytes: 2 } } }), 'files'],
    ['no model card listed', (meta) => ({ ...meta, files: { ...(meta.files as object), 'MODEL_CARD.md': undefined } }), 'files'],
    ['an unknown consistency', (meta) => ({ ...meta, consistency: 'isotonic' }), 'consistency'],
    ['a reference of drift that is cut short', (meta) => editDistribution(meta, (own) => ({ ...own, sample: { ...(own.sample as Json), columns: [] } })), 'driftReference.distribution'],
    ['a reference of drift with other names', (meta) => editDistribution(meta, (own) => ({ ...own, names: ['a', 'b', 'c'] })), 'must name features of the bundle'],
    ['itself listed', (meta) => ({ ...meta, files: { ...(meta.files as object), 'meta.json': { sha256: '0'.repeat(64), bytes: 2 } } }), 'files'],
  ])('is refused: %s', (_, change, reason) => {
    expect(refusal(edit(change))).toMatch(reason);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  const candidateCases: [string, (candidate: Json) => object, string][] = [
    ['a file elsewhere', (c) => ({ ...c, file: '../model_T21_X8.json' }), 'file must be named after the candidate'],
    ['T that is not in the name', (c) => ({ ...c, T: 7 }), 'name must agree with T and X'],
    ['X that is not in the name', (c) => ({ ...c, X: 0.09 }), 'name must agree with T and X'],
    ['counts that do not add up', (c) => ({ ...c, rows: 7 }), 'classCounts must add up'],
    ['an unknown kind', (c) => ({ ...c, modelKind: 'neural' }), 'modelKind'],
    ['another kind', (c) => ({ ...c, modelKind: 'prior' }), 'it holds a gbdt model'],
    ['an unknown calibration', (c) => ({ ...c, calibration: { method: 'isotonic' } }), 'calibration'],
  ];
  it.each(candidateCases)('is refused: a candidate with %s', (_, change, reason) => {
    expect(refusal(edit((meta) => ({ ...meta, candidates: [change((meta.candidates as Json[])[0]), (meta.candidates as Json[])[1]] })))).toMatch(reason);
  });

  it('is refused when it is not UTF-8', () => {
    const bytes = (gbdt.get('meta.json') as Uint8Array).slice();
    bytes[bytes.indexOf(0x74)] = 0xff;
    expect(refusal(new Map(gbdt).set('meta.json', bytes))).toMatch('not JSON');
  });

  it('is refused unparsed when it is huge', () => {
    expect(refusal(new Map(gbdt).set('meta.json', new Uint8Array(16_000_001).fill(32)))).toMatch('at most 16000000');
  });
});

describe('parity rows', () => {
  it('find a probability that is off by one bit', () => {
    const files = forge(gbdt, {}, (meta) => {
      const rows = meta.parity as { expected: number[][] }[];
      rows[3].expected[1][0] = nextUp(rows[3].expected[1][0]);
      return meta;
    });
    expect(refusal(files)).toMatch(/model_T14_X8\.5\.json.*parity row 3 gives/);
  });

  it('find models that were exchanged', () => {
    expect(refusal(new Map(gbdt).set(MODEL, gbdt.get(OTHER) as Uint8Array).set(OTHER, gbdt.get(MODEL) as Uint8Array))).toMatch(/bytes|sha256/);
    expect(refusal(forge(gbdt, { [MODEL]: decode(gbdt.get(OTHER)), [OTHER]: decode(gbdt.get(MODEL)) }))).toMatch('parity row 0');
  });

  it('find features that were reordered everywhere', () => {
    const order = [1, 0, 2];
    const reorder = (text: string): string => {
      const model = JSON.parse(text) as { featureNames: string[] };
      return JSON.stringify({ ...model, featureNames: order.map((i) => model.featureNames[i]) });
    };
    const files = forge(gbdt, { [MODEL]: reorder(decode(gbdt.get(MODEL))), [OTHER]: reorder(decode(gbdt.get(OTHER))) }, (meta) => {
      const names = meta.featureNames as string[];
      const drift = meta.driftReference as { features: unknown[] };
      const parity = (meta.parity as { inputs: unknown[] }[]).map((row) => ({ ...row, inputs: order.map((i) => row.inputs[i]) }));
      return { ...meta, featureNames: order.map((i) => names[i]), driftReference: { ...drift, features: order.map((i) => drift.features[i]) }, parity };
    });
    expect(refusal(files)).toMatch('parity row');
    const alone = forge(gbdt, { [MODEL]: reorder(decode(gbdt.get(MODEL))) });
    expect(refusal(alone)).toMatch('its features are not those of meta.json, in the same order');
  });
});

describe('a model of several markets', () => {
  const symbols = ['SAMPLEUSDT', 'OTHERUSDT'];
  let pooled: BundleFiles;
  beforeAll(async () => {
    const input = await tinyInput('pooled');
    const { data } = input;
    const candidates = input.candidates.map((candidate, i) => {
      const rows = tinyRows(1 + i);
      const symbolIndex = Int32Array.from(rows.labels, (_, row) => row % 2);
      return { ...candidate, model: fitMarkets('logistic', { ...rows, symbols, symbolIndex }, { seed: 1 }), training: { ...rows, symbols, symbolIndex }, walkForward: null };
    });
    pooled = createBundle({ ...input, candidates, symbols: symbols.map((symbol) => ({ ...data, symbol })) });
  });

  type Markets = { symbols: { symbol: string; rows: number; shares: number[] }[] };
  const edit = (change: (model: Markets) => void): Map<string, Uint8Array> => {
    const model = JSON.parse(decode(pooled.get(MODEL))) as Markets;
    change(model);
    // no parity row asks as a market, so that they cannot find it
    return forge(pooled, { [MODEL]: JSON.stringify(model) }, (meta) => ({ ...meta, parity: (meta.parity as { symbol?: string }[]).filter(({ symbol }) => symbol === undefined) }));
  };

  it('is loaded when its markets are those of meta.json', () => {
    expect(refusal(edit(() => undefined))).toBe('loaded');
    expect(loadBundle(pooled).models.get('T21_X8')?.markets?.symbols.map(({ symbol }) => symbol)).toEqual(symbols);
  });

  it.each<[string, (model: Markets) => void]>([
    ['of another name', (model) => { model.symbols[1].symbol = 'ALIENUSDT'; }],
    ['one more', ({ symbols: own }) => { own.push({ ...own[1], symbol: 'ALIENUSDT' }); }],
    ['one more without rows', ({ symbols: own }) => { own.push({ ...own[1], symbol: 'ALIENUSDT', rows: 0 }); }],
    ['one less', ({ symbols: own }) => { own.pop(); }],
    ['one without rows', ({ symbols: own }) => { own[1].rows = 0; }],
  ])('is refused with markets that meta.json does not tell: %s', (_, change) => {
    expect(refusal(edit(change))).toMatch(/model_T21_X8\.json.*its markets are not those of meta\.json/);
  });

  it('is refused in a bundle of one market', () => {
    const single = forge(gbdt, { [MODEL]: decode(pooled.get(MODEL)) }, (meta) => {
      (meta.candidates as { modelKind: string }[])[0].modelKind = 'logistic';
      return meta;
    });
    expect(refusal(single)).toMatch('its markets are not those of meta.json');
  });
});

describe('a tree model', () => {
  type Trees = { trees: { features: number[]; thresholds: number[]; covers: number[]; values: number[] }[] };
  const edit = (change: (model: Json & Trees) => unknown): Map<string, Uint8Array> => {
    const edited = change(JSON.parse(decode(gbdt.get(MODEL))) as Json & Trees);
    return forge(gbdt, { [MODEL]: typeof edited === 'string' ? edited : JSON.stringify(edited) });
  };
  const tree = (change: (first: Trees['trees'][number]) => void) => (model: Json & Trees): unknown => {
    change(model.trees[0]);
    return model;
  };
  it.each<[string, (model: Json & Trees) => unknown]>([
    ['an unknown feature', tree((t) => { t.features[0] = 3; })],
    ['a feature that is no integer', tree((t) => { t.features[0] = 0.5; })],
    ['a negative child', tree((t) => { t.features[0] = -2; })],
    ['a split without children', tree((t) => { t.features[t.features.length - 1] = 0; })],
    ['a second root', tree((t) => { t.features.push(-1); t.covers.push(1); t.values.push(0); })],
    ['nothing but splits, a million of them', tree((t) => { t.features = Array.from({ length: 1_000_000 }, () => 0); t.thresholds = t.features; })],
    ['fewer thresholds than splits', tree((t) => { t.thresholds.pop(); })],
    ['an infinite leaf', (model) => JSON.stringify(tree((t) => { t.values[0] = 12345.678; })(model)).replace('12345.678', '1e999')],
    ['a null leaf', tree((t) => { (t.values as unknown[])[0] = null; })],
    ['a text as threshold', tree((t) => { (t.thresholds as unknown[])[0] = '1; process.exit(1)'; })],
    ['an object as array', (model) => ({ ...model, trees: { length: 1e9, 0: {} } })],
    ['a hundred thousand and one trees', (model) => ({ ...model, trees: Array.from({ length: 100_001 }, () => 0) })],
    ['no feature names', (model) => ({ ...model, featureNames: [] })],
    ['a key __proto__', (model) => JSON.stringify(model).replace('{', '{"__proto__":{"trees":[]},')],
    ['a key constructor', (model) => ({ ...model, constructor: { prototype: {} } })],
    ['an unknown kind', (model) => ({ ...model, kind: 'constructor' })],
    ['a kind that every object has', (model) => ({ ...model, kind: 'toString' })],
    ['a later version', (model) => ({ ...model, version: 99 })],
    ['null', () => 'null'],
    ['deep nesting', () => '{"kind":'.repeat(50_000)],
    ['a cut document', (model) => JSON.stringify(model).slice(0, -10)],
  ])('is refused: %s', (_, change) => {
    expect(refusal(edit(change))).toMatch(/^model_T21_X8\.json of the bundle cannot be used: (?!parity)/);
  });
});

describe('an explicit tree (children by number)', () => {
  const forest = (nodes: { feature: number[]; left: number[]; right: number[] }): string =>
    JSON.stringify({
      kind: 'ml-random-forest',
      version: 1,
      featureNames: ['rsi_14', 'ret1', 'vol21'],
      medians: [0, 0, 0],
      trees: [{ feature: nodes.feature, threshold: nodes.feature.map(() => 0), left: nodes.left, right: nodes.right, classIndex: nodes.feature.map(() => 0) }],
    });
  const withForest = (text: string): Map<string, Uint8Array> =>
    forge(gbdt, { [MODEL]: text }, (meta) => ({ ...meta, candidates: (meta.candidates as Json[]).map((c, i) => (i === 0 ? { ...c, modelKind: 'ml-random-forest' } : c)) }));

  it('gets as far as its parity rows when it is sound', () => {
    expect(refusal(withForest(forest({ feature: [0, -1, -1], left: [1, 0, 0], right: [2, 0, 0] })))).toMatch('parity row 0');
  });

  it.each([
    ['a cycle to itself', { feature: [0, -1, -1], left: [0, 0, 0], right: [2, 0, 0] }],
    ['a cycle to its parent', { feature: [0, 0, -1, -1], left: [1, 0, 0, 0], right: [2, 3, 0, 0] }],
    ['a child out of range', { feature: [0, -1, -1], left: [1, 0, 0], right: [3, 0, 0] }],
    ['a negative child', { feature: [0, -1, -1], left: [-1, 0, 0], right: [2, 0, 0] }],
    ['an unknown feature', { feature: [3, -1, -1], left: [1, 0, 0], right: [2, 0, 0] }],
  ])('is refused: %s', (_, nodes) => {
    expect(refusal(withForest(forest(nodes)))).toMatch(/ml-random-forest model cannot be used: (?!.*parity)/);
  });
});

describe('the table of predictions', () => {
  const edit = (change: (text: string) => string): Map<string, Uint8Array> => forge(gbdt, { [TABLE]: change(decode(gbdt.get(TABLE))) });
  it.each<[string, (text: string) => string]>([
    ['another header', (text) => text.replace('asof_date', 'date')],
    ['no last line end', (text) => text.trimEnd()],
    ['a date that does not exist', (text) => text.replace(/\n\d{4}-\d{2}-\d{2},/, '\n2024-99-01,')],
    ['a label that does not exist', (text) => text.replace(/,(?:-1|0|1),(0\.)/, ',2,$1')],
    ['probabilities that do not add up', (text) => text.replace(/,0\.\d+\n/, ',0.999\n')],
    ['a formula', (text) => text.replace(/\n2024/, '\n=2024')],
    ['an empty line', (text) => `${text}\n`],
  ])('is refused: %s', (_, change) => {
    expect(refusal(edit(change))).toMatch(TABLE);
  });
});

function nextUp(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0);
}

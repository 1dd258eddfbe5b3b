import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { createReference, type CreateReferenceOptions } from './create-reference.js';
import type { DistributionReference } from './distribution-reference.js';
import { measureDrift } from './measure-drift.js';
import { distributionReferenceSchema } from './reference-schema.js';

const ROWS = 900;
const inOrder = Int32Array.from({ length: ROWS }, (_, i) => i);
const OPTIONS: CreateReferenceOptions = { groups: [inOrder], bars: Float64Array.from(inOrder), seed: 1, withDistances: true };

/** A column that hangs together over some 20 rows, as features of a market do. */
function slow(seed: number, length = ROWS): Float64Array {
  const random = createRandom(seed);
  let value = 0;
  return Float64Array.from({ length }, () => (value = 0.95 * value + random.normal()));
}

const names = ['a', 'b', 'c'];
const columns = [slow(1), slow(2), slow(3)];
const reference = createReference({ names, columns, length: ROWS }, OPTIONS);

describe('createReference', () => {
  it('is the same for the same seed, JSON-safe, and passes its own schema', () => {
    expect(createReference({ names, columns, length: ROWS }, OPTIONS)).toEqual(reference);
    expect(createReference({ names, columns, length: ROWS }, { ...OPTIONS, seed: 2 }).sample).not.toEqual(reference.sample);
    expect(distributionReferenceSchema.parse(JSON.parse(JSON.stringify(reference)))).toEqual(reference);
  });

  it('has a bin for each tenth of the rows, one beyond the largest and one for missing values', () => {
    expect(reference.edges[0]).toHaveLength(11);
    expect(reference.counts[0]).toHaveLength(13);
    expect(reference.counts[0].slice(-2)).toEqual([0, 0]);
    expect(Math.max(...reference.counts[0])).toBeLessThanOrEqual(ROWS / 10 + 2);
    const holes = createReference({ names: ['a'], columns: [columns[0].map((value, i) => (i % 4 === 0 ? Number.NaN : value))], length: ROWS }, OPTIONS);
    expect(holes.counts[0].at(-1)).toBe(ROWS / 4);
    expect(holes.sample.columns[0]).toContain(null);
  });

  it('knows what its own stretches crossed: 1 % of them the 99 % line of a column', () => {
    const windows = reference.windows.find(({ rows }) => rows === 60);
    let crossed = 0;
    let stretches = 0;
    for (let row = 59; row < ROWS; row += 1) {
      const drift = measureDrift(reference, (name) => columns[names.indexOf(name)], { row, rows: 60 });
      stretches += 1;
      if ((drift?.columns[0].psi ?? 0) > (windows?.psi99[0] ?? 0)) crossed += 1;
      expect(drift?.isDrifted).toBe(false);
    }
    expect(windows?.windows).toBe(stretches);
    expect(crossed / stretches).toBeGreaterThan(0);
    expect(crossed / stretches).toBeLessThanOrEqual(0.0101);
  });

  it('puts its lines far above those of the books, which take rows for independent', () => {
    // 60 rows against 300: p = 1 % of the books is 0.23
    expect(reference.windows.find(({ rows }) => rows === 60)?.ks99[0]).toBeGreaterThan(0.4);
    expect(reference.windows.find(({ rows }) => rows === 60)?.psi99[0]).toBeGreaterThan(0.5);
  });

  it('has no stretch that runs from one market into another', () => {
    const levels = Float64Array.from({ length: ROWS }, (_, i) => (i % 2) + columns[0][i] / 1000);
    const halves = [0, 1].map((market) => inOrder.filter((row) => row % 2 === market));
    const [apart, together] = [halves, [inOrder]].map((groups) => createReference({ names: ['a'], columns: [levels], length: ROWS }, { ...OPTIONS, groups }));
    // each market lies in one half of all rows, and its stretches say so
    expect(apart.windows[0].ks95[0]).toBeGreaterThan(0.45);
    expect(together.windows[0].ks95[0]).toBeLessThan(0.45);
  });

  it('leaves stretches out in which a column is absent as a whole, and none for other columns', () => {
    const absent = columns[0].map((value, i) => (i < 100 ? Number.NaN : value));
    const lines = (mayBeAbsent: (name: string) => boolean): DistributionReference['windows'][number] => createReference({ names: ['a'], columns: [absent], length: ROWS }, { ...OPTIONS, mayBeAbsent }).windows[0];
    expect(lines(() => false).ks95[0]).toBeGreaterThan(lines(() => true).ks95[0]);
  });

  it('knows no lines where there are too few rows', () => {
    const few = createReference({ names: ['a'], columns: [columns[0].subarray(0, 159)], length: 159 }, { ...OPTIONS, groups: [inOrder.subarray(0, 159)], bars: OPTIONS.bars.subarray(0, 159) });
    expect(few.windows).toEqual([]);
    expect(measureDrift(few, () => columns[0], { row: 158 })).toBeUndefined();
  });
});

describe('the schema of a reference', () => {
  const broken: readonly (readonly [string, (own: DistributionReference) => unknown])[] = [
    ['a list that is too short', (own) => ({ ...own, centre: own.centre.slice(1) })],
    ['a sample with a hole', (own) => ({ ...own, sample: { ...own.sample, bars: own.sample.bars.slice(1) } })],
    ['counts that do not add up', (own) => ({ ...own, rows: own.rows + 1 })],
    ['edges that fall', (own) => ({ ...own, edges: own.edges.map((edges) => [...edges].reverse()) })],
    ['a spread of 0', (own) => ({ ...own, spread: own.spread.map(() => 0) })],
    ['windows without a line', (own) => ({ ...own, windows: own.windows.map((windows) => ({ ...windows, ks99: [] })) })],
  ];
  it.each(broken)('refuses %s', (_, breakIt) => {
    expect(distributionReferenceSchema.safeParse(reference).success).toBe(true);
    expect(distributionReferenceSchema.safeParse(breakIt(reference)).success).toBe(false);
  });
});

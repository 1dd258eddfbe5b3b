import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { createReference } from './create-reference.js';
import { createDriftMeter, type DriftMeasurement, measureDrift, type MeasureDriftOptions } from './measure-drift.js';

const TRAINED = 1000;
const ALL = 1200;
const NAMES = Array.from({ length: 8 }, (_, i) => `f${i}`);

function slow(seed: number): Float64Array {
  const random = createRandom(seed);
  let value = 0;
  return Float64Array.from({ length: ALL }, () => (value = 0.9 * value + random.normal()));
}

const columns = NAMES.map((_, i) => slow(i + 1));
const inOrder = Int32Array.from({ length: TRAINED }, (_, i) => i);
const reference = createReference({ names: NAMES, columns: columns.map((column) => column.subarray(0, TRAINED)), length: TRAINED }, { groups: [inOrder], bars: Float64Array.from(inOrder), seed: 1, withDistances: false });

/** The drift at the last row when columns are changed from `from` on. */
function changed(change: (value: number, name: string, row: number) => number, from: number, options: Partial<MeasureDriftOptions> = {}): DriftMeasurement {
  const own = columns.map((column, c) => column.map((value, row) => (row < from ? value : change(value, NAMES[c], row))));
  const drift = measureDrift(reference, (name) => own[NAMES.indexOf(name)], { row: ALL - 1, ...options });
  if (drift === undefined) throw new Error('nothing was measured');
  return drift;
}

describe('measureDrift', () => {
  it('says nothing of rows like those of training', () => {
    const drift = changed((value) => value, ALL);
    expect(drift).toMatchObject({ rows: 60, isDrifted: false });
    expect(drift.columns.filter(({ verdict }) => verdict === 'stuck' || verdict === 'beyond').length).toBeLessThan(3);
  });

  it('finds that all columns have become three times as wide', () => {
    expect(changed((value) => 3 * value, ALL - 60)).toMatchObject({ isDrifted: true });
  });

  it('finds one column in other units, and names it', () => {
    const drift = changed((value, name) => (name === 'f3' ? 1000 + value : value), ALL - 40);
    expect(drift.isDrifted).toBe(true);
    expect(drift.excess).toBeGreaterThan(2 * drift.excessLines[2]);
    expect(drift.columns.find(({ name }) => name === 'f3')?.verdict).toBe('beyond');
  });

  it('finds a column that has stopped after five rows, and none that rests often', () => {
    const stopped = (rows: number): string | undefined => changed((value, name, row) => (name === 'f2' ? columns[2][ALL - rows] : row && value), ALL - rows).columns.find(({ name }) => name === 'f2')?.verdict;
    expect(stopped(4)).not.toBe('stuck');
    expect(stopped(5)).toBe('stuck');
    const resting = columns[0].map((value) => Math.min(value, 0));
    const own = createReference({ names: ['f0'], columns: [resting.subarray(0, TRAINED)], length: TRAINED }, { groups: [inOrder], bars: Float64Array.from(inOrder), seed: 1, withDistances: false });
    expect(measureDrift(own, () => resting.map((value, row) => (row < ALL - 8 ? value : 0)), { row: ALL - 1 })?.columns[0].verdict).not.toBe('stuck');
  });

  it('counts missing values', () => {
    const drift = changed((value, name) => (name === 'f1' ? Number.NaN : value), ALL - 60);
    expect(drift.columns[1]).toMatchObject({ missingShare: 1, missingInTraining: 0, verdict: 'stuck' });
    expect(drift.isDrifted).toBe(true);
  });

  it('leaves a column out that is absent as a whole, where it may be', () => {
    const drift = changed((value, name) => (name === 'f1' ? Number.NaN : value), ALL - 60, { mayBeAbsent: (name) => name === 'f1' });
    expect(drift.columns.map(({ name }) => name)).toEqual(NAMES.filter((name) => name !== 'f1'));
    expect(drift.isDrifted).toBe(false);
  });

  it('looks at no later row and at none before the first', () => {
    const at = (row: number, change: (value: number, r: number) => number): DriftMeasurement | undefined => measureDrift(reference, (name) => columns[NAMES.indexOf(name)].map(change), { row });
    const plain = at(1100, (value) => value);
    expect(at(1100, (value, row) => (row > 1100 ? 1e9 : value))).toEqual(plain);
    expect(at(1100, (value, row) => (row <= 1040 ? value + 1e9 : value))).toEqual(plain);
    expect(at(1100, (value, row) => (row <= 1041 ? value + 1e9 : value))).not.toEqual(plain);
  });

  it('takes the longest stretch that there are rows for', () => {
    const rowsFrom = (firstRow: number, rows?: number): number | undefined => measureDrift(reference, (name) => columns[NAMES.indexOf(name)], { row: ALL - 1, firstRow, rows })?.rows;
    expect([rowsFrom(0), rowsFrom(ALL - 60), rowsFrom(ALL - 59), rowsFrom(ALL - 19), rowsFrom(0, 120), rowsFrom(ALL - 100, 120), rowsFrom(0, 61)]).toEqual([60, 60, 20, undefined, 120, undefined, undefined]);
  });

  it('is the same through a meter over all rows', () => {
    const meter = createDriftMeter(reference, columns);
    for (const row of [60, 777, ALL - 1]) expect(meter.measure(row)).toEqual(measureDrift(reference, (name) => columns[NAMES.indexOf(name)], { row }));
  });
});

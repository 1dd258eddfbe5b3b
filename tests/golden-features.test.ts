// Features against pandas: each value within 1e-9 of its column's scale, and missing just where the reference is.
// pandas' own rolling sums are up to 5e-12 of the scale away from exact arithmetic (features_meta.json), which is what shows here.
import { readFileSync } from 'node:fs';
import { buildTrainingTable, computeFeatures, FEATURE_SETS, type FeatureTable, type Klines, parseCandidates, parseKlinesCsv, trainingRows } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { describeShared, fixturePath, readCsvRows, sharedPath } from './support/shared.js';

const TOLERANCE = 1e-9;

function readKlines(path: string): Klines {
  return parseKlinesCsv(readFileSync(path), { fileName: path }).klines;
}

/** Compares every feature of the reference with the table's row of the same open time; prints what was found. */
function compare(title: string, table: FeatureTable, path: string): number {
  const reference = readCsvRows(path);
  const rowAt = new Map(Array.from(table.openTimeMs, (time, row) => [time, row]));
  const rows = reference.map((row) => rowAt.get(Number(row.open_time_ms)) ?? Number.NaN);
  let compared = 0;
  let largest = 0;
  let where = '';
  table.names.forEach((name, i) => {
    const theirs = reference.map((row) => (row[name] === '' ? Number.NaN : Number(row[name])));
    const ours = rows.map((row) => table.columns[i][row]);
    expect(ours.map((value) => Number.isNaN(value)), `${name} missing`).toEqual(theirs.map((value) => Number.isNaN(value)));
    const scale = Math.max(...theirs.filter((value) => !Number.isNaN(value)).map(Math.abs));
    theirs.forEach((value, row) => {
      compared += 1;
      const deviation = Number.isNaN(value) ? 0 : Math.abs(ours[row] - value) / scale;
      if (deviation > largest) [largest, where] = [deviation, `${name}, row ${row}`];
    });
  });
  console.log(`golden features, ${title}: ${compared} values compared, largest deviation ${largest.toExponential(2)} of scale (${where})`);
  expect(largest).toBeLessThan(TOLERANCE);
  return compared;
}

describeShared('features of the real BTCUSDT file', () => {
  const klines = readKlines(sharedPath('data/binance/BTCUSDT_1d_forecastlab.csv'));

  it('equal the full reference', () => {
    expect(compare('full file', computeFeatures(klines, 'flow'), sharedPath('golden/features_flow_full.csv.gz'))).toBe(2903 * 20);
  });

  it("equal the predecessor's frame", () => {
    expect(compare("predecessor's frame", computeFeatures(klines, 'flow'), sharedPath('golden/features_flow_legacy.csv.gz'))).toBe(2862 * 20);
  });

  it("begin training where the predecessor's frames begin", () => {
    const [candidate] = parseCandidates('T21_X8');
    for (const [features, firstDay, rows] of [['flow', '2018-02-11', 2862], ['baseline', '2018-01-22', 2882]] as const) {
      const table = buildTrainingTable(klines, { features, candidates: [candidate] });
      const data = trainingRows(table, candidate);
      expect(new Date(data.openTimeMs[0]).toISOString().slice(0, 10)).toBe(firstDay);
      expect(data.rows[0]).toBe(2903 - rows);
      expect(data.features.length).toBe(rows - 21); // the last T rows have no label
    }
  });
});

describe('features of the synthetic bars', () => {
  const klines = readKlines(fixturePath('synthetic/klines.csv'));

  it('equal the reference', () => {
    expect(compare('synthetic bars', computeFeatures(klines, 'flow'), fixturePath('synthetic/features.csv'))).toBe(600 * 20);
  });

  it('are the same in the baseline as in the flow set', () => {
    const flow = computeFeatures(klines, 'flow');
    expect(computeFeatures(klines, 'baseline').columns).toEqual(flow.columns.slice(0, FEATURE_SETS.baseline.length));
  });
});

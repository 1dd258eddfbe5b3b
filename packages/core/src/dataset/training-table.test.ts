import { describe, expect, it } from 'vitest';
import { generateSampleMarket } from '../klines/generate-sample-market.js';
import { klineCount } from '../klines/klines.js';
import { parseCandidate, parseCandidates } from '../labels/candidate.js';
import { labelReversals } from '../labels/label-reversals.js';
import { formatTrainingTableCsv, trainingTableCsvPieces } from './format-training-table-csv.js';
import { trainingRows } from './training-rows.js';
import { trainingTableColumns } from './training-table-columns.js';
import { buildTrainingTable } from './training-table.js';

const klines = generateSampleMarket({ seed: 11, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2018, 9), interval: '1d' });
const candidates = parseCandidates('T21_X8,T7_X4.5');
const table = buildTrainingTable(klines, { features: 'flow', candidates });
const bars = klineCount(klines);

describe('buildTrainingTable', () => {
  it('has a row for each bar and labels for each candidate', () => {
    expect(table.openTimeMs).toEqual(klines.openTimeMs);
    expect(table.close).toEqual(klines.close);
    expect(table.features).toMatchObject({ length: bars });
    expect(table.labels).toEqual(candidates.map((candidate) => labelReversals(klines, candidate)));
    expect(table.warmUpBars).toBe(41);
  });

  it('passes the label options on', () => {
    const trailing = buildTrainingTable(klines, { features: ['ma7'], candidates, labelOptions: { window: 'trailing', tieBreak: 'upswing' } });
    expect(trailing.labels.map(({ isFlawed }) => isFlawed)).toEqual([true, true]);
    expect(trailing.warmUpBars).toBe(6);
  });

  it('refuses a candidate twice', () => {
    expect(() => buildTrainingTable(klines, { features: 'flow', candidates: [candidates[0], candidates[0]] })).toThrow('The candidate T21_X8 is named twice.');
  });
});

describe('trainingRows', () => {
  it('leaves out the warm-up and what has no label', () => {
    const { rows, labels, openTimeMs, spanEnd, features } = trainingRows(table, candidates[0]);
    expect([...rows]).toEqual(Array.from({ length: bars - 41 - 21 }, (_, i) => 41 + i));
    expect([...labels]).toEqual([...table.labels[0].label.subarray(41, bars - 21)]);
    expect([...openTimeMs]).toEqual([...klines.openTimeMs.subarray(41, bars - 21)]);
    expect([...spanEnd]).toEqual([...rows].map((row) => row + 21));
    expect(features.columns[3]).toEqual(table.features.columns[3].slice(41, bars - 21));
    expect(features.length).toBe(rows.length);
  });

  it('takes a part of the bars when asked, by the name of the candidate too', () => {
    expect([...trainingRows(table, 'T7_X4.5', { firstBar: 100, endBar: 103 }).rows]).toEqual([100, 101, 102]);
    expect([...trainingRows(table, 'T7_X4.5', { firstBar: 0, endBar: 42 }).rows]).toEqual([41]);
    expect(trainingRows(table, 'T7_X4.5', { firstBar: 50, endBar: 50 }).features.length).toBe(0);
    expect(trainingRows(table, 'T7_X4.5', { endBar: 1e9 }).rows.at(-1)).toBe(bars - 8);
  });

  it('keeps rows with a missing feature behind the warm-up', () => {
    const holes = { ...klines, tradeCount: klines.tradeCount.slice() };
    holes.tradeCount[100] = Number.NaN;
    const data = trainingRows(buildTrainingTable(holes, { features: 'flow', candidates }), candidates[0]);
    expect(data.rows.length).toBe(bars - 41 - 21);
    expect(data.features.columns[data.features.names.indexOf('quote_per_trade')][100 - 41]).toBeNaN();
  });

  it('refuses a candidate without labels, and bad bounds', () => {
    expect(() => trainingRows(table, parseCandidate('T3_X1'))).toThrowError(expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringContaining('T21_X8, T7_X4.5') }));
    expect(() => trainingRows(table, candidates[0], { firstBar: -1 })).toThrow('`firstBar` option of trainingRows must be an integer of at least 0. Got -1.');
    expect(() => trainingRows(table, candidates[0], { endBar: 1.5 })).toThrow('`endBar` option of trainingRows');
  });
});

describe('the table as a file', () => {
  const columns = trainingTableColumns(table);
  const lines = formatTrainingTableCsv(table).split('\n');

  it('has its columns in the order that users script against', () => {
    expect(columns.map(({ name }) => name)).toEqual([
      'open_time_ms',
      ...table.features.names,
      'label_T21_X8',
      'upswing_T21_X8',
      'drawdown_T21_X8',
      'label_T7_X4.5',
      'upswing_T7_X4.5',
      'drawdown_T7_X4.5',
    ]);
    expect(columns.filter(({ isInteger }) => isInteger).map(({ name }) => name)).toEqual(['open_time_ms', 'label_T21_X8', 'label_T7_X4.5']);
    expect(lines[0]).toBe(columns.map(({ name }) => name).join(','));
  });

  it('reads back to the same bits, empty where undefined', () => {
    expect(lines.length).toBe(bars + 2);
    expect(lines.at(-1)).toBe('');
    columns.forEach(({ values }, i) => {
      const read = lines.slice(1, -1).map((line) => line.split(',')[i]);
      expect(read.map((cell) => (cell === '' ? Number.NaN : Number(cell)))).toEqual([...values].map((value) => value + 0));
    });
    expect(lines[bars].split(',').slice(-6)).toEqual(['', '', '', '', '', '']);
  });

  it('comes in pieces of whole lines', () => {
    const long = generateSampleMarket({ seed: 1, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2019, 0), interval: '1h' });
    const pieces = [...trainingTableCsvPieces(buildTrainingTable(long, { features: ['ret1'], candidates: [] }))];
    expect(pieces.length).toBe(1 + Math.ceil(klineCount(long) / 4096));
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
    expect(pieces.join('').split('\n').length).toBe(klineCount(long) + 2);
  });
});

import { describe, expect, it } from 'vitest';
import { checkKlines } from './check-klines.js';
import { explainFindings, type FindingExplanation } from './explain-findings.js';
import { FINDING_LABELS, type FindingKind } from './finding-kind.js';
import { FINDING_TEXTS } from './finding-texts.js';
import { formatExplanations } from './format-explanations.js';
import { generateSampleMarket, SAMPLE_START_MS } from './generate-sample-market.js';
import { createKlines, type KlineColumn, type Klines, takeKlines } from './klines.js';

const DAY = 86_400_000;
const market = (days = 60): Klines => generateSampleMarket({ seed: 5, startMs: SAMPLE_START_MS, endMs: SAMPLE_START_MS + days * DAY });
const explain = (klines: Klines, serverTimeMs?: number): FindingExplanation[] => explainFindings(checkKlines(klines, { serverTimeMs }), { klines, firstRow: 2 });
/** In the middle of the last of 60 days. */
const LAST_DAY_MS = SAMPLE_START_MS + 59.5 * DAY;
const edited = (row: number, values: Partial<Record<KlineColumn, number>>, klines = market()): Klines => {
  for (const [column, value] of Object.entries(values)) klines[column as KlineColumn][row] = value;
  return klines;
};
const rows = (...taken: number[]): Klines => takeKlines(market(), [...taken, ...Array.from({ length: 60 - 10 }, (_, i) => i + 10)]);
const shifted = (byMs: number): Klines => {
  const klines = market();
  for (const column of ['openTimeMs', 'closeTimeMs'] as const) klines[column].forEach((time, row) => (klines[column][row] = time + byMs));
  return klines;
};
const uneven = (): Klines => {
  const klines = market();
  klines.openTimeMs.forEach((_, row) => (klines.openTimeMs[row] = SAMPLE_START_MS + row * row * 1234));
  klines.closeTimeMs.fill(Number.NaN);
  return klines;
};
const frozen = (): Klines => {
  const klines = market();
  for (let row = 1; row < 60; row += 1) klines.open[row] = klines.close[row - 1];
  for (const column of ['volume', 'quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) klines[column][45] /= 10;
  klines.open[46] = klines.close[45] + (klines.high[45] - klines.low[45]) * 0.5;
  klines.high[46] = Math.max(klines.high[46], klines.open[46]);
  return klines;
};
const quietLast = (): Klines => {
  const klines = market();
  const price = klines.open[59];
  return edited(59, { high: price, low: price, close: price, volume: 0.001, quoteVolume: 0.001 * price, takerBuyBase: 0, takerBuyQuote: 0, tradeCount: 1 }, klines);
};
const withoutFlow = (): Klines => {
  const klines = market();
  for (const column of ['quoteVolume', 'tradeCount', 'takerBuyBase', 'takerBuyQuote'] as const) klines[column].fill(Number.NaN);
  return klines;
};

const EXAMPLES: Readonly<Record<FindingKind, readonly [Klines, string, readonly number[]]>> = {
  noBars: [createKlines(0), 'There is no bar at all.', []],
  unknownInterval: [uneven(), 'The bars follow no known bar length', []],
  gaps: [rows(0, 1, 4, 5, 6, 7, 8), '3 bars are missing, in 2 gaps.', []],
  duplicates: [rows(0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), '1 row repeats an earlier row', [5]],
  restated: [edited(3, { tradeCount: 5 }, rows(0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9)), '1 row gives other values', [5]],
  outOfOrder: [rows(1, 0, 3, 2, 4, 5, 6, 7, 8, 9), '2 rows open before the row above', [3, 5]],
  offGrid: [edited(10, { openTimeMs: SAMPLE_START_MS + 10 * DAY + 14_000 }), '1 bar does not open on the grid of 1d', [12]],
  gridOffset: [shifted(5 * 3_600_000), 'Most bars open 300 minutes off the grid of UTC.', []],
  shortBars: [edited(10, { closeTimeMs: SAMPLE_START_MS + 10 * DAY + 5 }), '1 bar closes before the interval ends', [12]],
  longBars: [edited(10, { closeTimeMs: SAMPLE_START_MS + 12 * DAY }), '1 bar closes after the interval ends', [12]],
  contradictions: [edited(10, { high: 1 }), '1 bar has a high below its low', [12]],
  takerAboveVolume: [edited(10, { takerBuyBase: 1e9, takerBuyQuote: 1e13 }), '1 bar has more taker buys than volume', [12]],
  quoteMismatch: [edited(10, { quoteVolume: 1e12 }), '1 bar has a quote volume that does not fit', [12]],
  missingFlow: [edited(10, { tradeCount: Number.NaN }), '1 bar has an empty cell of order flow', [12]],
  zeroVolume: [edited(10, { volume: 0, quoteVolume: 0, takerBuyBase: 0, takerBuyQuote: 0, tradeCount: 0 }), 'In 1 bar nothing was traded.', [12]],
  frozenBars: [frozen(), '1 bar looks recorded before its end', [47]],
  openBars: [market(), '1 bar has not closed yet: its close time lies ahead.', [61]],
  lastBar: [quietLast(), 'The last bar looks unfinished: its volume is 0 % of the usual', [61]],
  noOrderFlow: [withoutFlow(), 'There is no order flow', []],
};

describe('explainFindings', () => {
  it('has nothing to say when all is well', () => {
    expect(explain(market())).toEqual([]);
    expect(formatExplanations([])).toBe('');
  });

  it.each(Object.keys(FINDING_LABELS) as FindingKind[])('explains %s', (kind) => {
    const [klines, what, inRows] = EXAMPLES[kind];
    const found = explain(klines, kind === 'openBars' ? LAST_DAY_MS : undefined).find((explanation) => explanation.kind === kind);
    expect(found?.what).toContain(what);
    expect(found?.rows.map(({ row }) => row)).toEqual(inRows);
    for (const { row, openTimeMs } of found?.rows ?? []) expect(openTimeMs).toBe(klines.openTimeMs[row - 2]);
  });

  it.each(Object.keys(FINDING_LABELS) as FindingKind[])('is as strict on %s as the verdict', (kind) => {
    const [klines] = EXAMPLES[kind];
    expect(explain(klines).some(({ severity }) => severity === 'unusable')).toBe(!checkKlines(klines).usable);
  });

  it('calls no bar open without a clock, and does not suspect one that is open for certain', () => {
    expect(explain(quietLast()).map(({ kind }) => kind)).toEqual(['lastBar']);
    expect(explain(quietLast(), LAST_DAY_MS)).toMatchObject([{ kind: 'openBars', severity: 'note', meaning: expect.stringContaining('left out when the file is read') as string }]);
    expect(explain(market(), LAST_DAY_MS - DAY)[0].what).toBe('2 bars have not closed yet: their close times lie ahead.');
    expect(explain(market(), SAMPLE_START_MS + 60 * DAY)).toEqual([]);
  });

  it('speaks of holidays where the bars have no weekends, and of no exchange that could be asked', () => {
    const weekdays = takeKlines(market(), Array.from({ length: 60 }, (_, row) => row).filter((row) => ![0, 6].includes(new Date(SAMPLE_START_MS + row * DAY).getUTCDay()) && row !== 21));
    const [gaps] = explain(weekdays);
    expect(gaps).toMatchObject({ kind: 'gaps', count: 1, meaning: expect.stringContaining('holidays') as string });
    expect(`${gaps.meaning} ${gaps.remedy}`).not.toMatch(/outage|--repair|was down/);
  });

  it('speaks of one bar and of several', () => {
    const several = (...inRows: number[]): string => {
      const klines = market();
      for (const row of inRows) klines.high[row] = 1;
      return explain(klines).map(({ what }) => what).join(' ');
    };
    expect(several(10)).toContain('1 bar has a high below its low');
    expect(several(10)).toContain('1 bar has a quote volume that does not fit its volume');
    expect(several(10, 20)).toContain('2 bars have a high below their low');
    expect(several(10, 20)).toContain('2 bars have a quote volume that does not fit their volume');
    expect(FINDING_TEXTS.frozenBars.what(4, checkKlines(market()))).toContain('4 bars look recorded before their end');
  });

  it('begins with what makes the bars unusable, and shows few rows', () => {
    const klines = edited(10, { closeTimeMs: SAMPLE_START_MS + 10 * DAY + 5 });
    klines.low.fill(1e9);
    const [first, ...others] = explain(klines);
    expect(first).toMatchObject({ severity: 'unusable', kind: 'contradictions', count: 60 });
    expect(first.rows).toHaveLength(6);
    expect(others.at(-1)?.severity).toBe('note');
  });
});

describe('formatExplanations', () => {
  it('says what, where, why and what to do', () => {
    const text = formatExplanations(explain(edited(10, { openTimeMs: SAMPLE_START_MS + 10 * DAY + 14_000 })));
    expect(text.split('\n').slice(0, 3)).toEqual(['Opens off the grid (warning)', '  1 bar does not open on the grid of 1d.', '  Where: row 12 (2018-01-11 00:00:14Z)']);
    expect(text).toMatch(/\n {2}Why: After an outage/);
    expect(text).toMatch(/\n {2}What to do: Stored klines: forecastlab-train data update --repair/);
  });

  it('can be read in 100 columns', () => {
    const text = formatExplanations(Object.values(EXAMPLES).flatMap(([klines]) => explain(klines)));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

it('every text says what, why and what to do in whole sentences', () => {
  for (const { meaning, remedy } of Object.values(FINDING_TEXTS)) for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z].*\.$/);
});

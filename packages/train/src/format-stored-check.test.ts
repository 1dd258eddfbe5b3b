import type { StoredKlinesCheck } from '@forecastlab/core/node';
import { describe, expect, it } from 'vitest';
import { formatStoredCheck } from './format-stored-check.js';

const time = (day: number): string => new Date(Date.UTC(2024, 0, day)).toISOString();
const gap = (day: number): { from: string; to: string; bars: number } => ({ from: time(day), to: time(day), bars: 1 });
const clean = { isUnchanged: true, changedMonths: [], mismatches: [], confirmedGaps: [], unexplainedGaps: [], confirmedBars: [], restated: [], refusedArchives: [], sources: [] };
const nothing = { spans: [], needsRewrite: false };
const format = (check: Pick<StoredKlinesCheck, 'manifest' | 'repair'>): string => formatStoredCheck(check as StoredKlinesCheck, { repairCommand: 'data update --repair', isMadeAnew: false });

describe('formatStoredCheck', () => {
  it('is short when all is well', () => {
    expect(format({ manifest: clean, repair: nothing })).toBe('The file is as it was stored.\nThere is nothing to repair.');
    expect(format({ manifest: undefined, repair: nothing })).toMatch(/^There is no manifest/);
  });

  it('tells everything that the manifest knows', () => {
    const text = format({
      manifest: {
        isUnchanged: false,
        changedMonths: ['2024-01', '2024-02'],
        mismatches: [{ field: 'symbol', says: 'ETHUSDT', is: 'BTCUSDT' }],
        confirmedGaps: [{ ...gap(3), confirmed: true }],
        unexplainedGaps: [gap(5)],
        confirmedBars: [{ from: time(2), to: time(2) }, { from: time(7), to: time(8) }],
        restated: [{ open: time(9), noticed: time(20), source: 'rest', before: { volume: 1.5, number_of_trades: null }, after: { volume: 2, number_of_trades: 7 } }],
        refusedArchives: [{ name: 'BTCUSDT-1d-2024-01.zip', sha256: '', last_modified: null, rows: 0, refused: 'its checksum\u001b[2J is wrong' }],
        sources: [{ source: 'dumps', from: time(1), to: time(31) }],
      },
      repair: { spans: [{ fromMs: Date.UTC(2024, 0, 5), toMs: Date.UTC(2024, 0, 6), reasons: ['missing bars', 'bars that close early'], doubts: [] }], needsRewrite: true },
    });
    for (const part of [
      'other bars in 2024-01, 2024-02.',
      '\nThe manifest does not fit; move it aside and run data update, which makes it anew:\n  symbol says ETHUSDT, and is BTCUSDT\n',
      'The exchange changed 1 bar after it was stored;',
      '\n  dumps, 2024-01-01 00:00Z to 2024-01-31 00:00Z\n',
      'has no bars for 1 gap: it was down, and there is nothing to repair.\n  2024-01-03 00:00Z to 2024-01-03 00:00Z (1)\n',
      'Nobody has asked the exchange yet about 1 gap:\n  2024-01-05 00:00Z',
      '\n  2024-01-02 00:00Z\n  2024-01-07 00:00Z to 2024-01-08 00:00Z\n',
      '  2024-01-09 00:00Z: volume 1.5 → 2, number_of_trades none → 7 (noticed 2024-01-20, from rest)',
      '  BTCUSDT-1d-2024-01.zip: its checksum<U+001B>[2J is wrong',
      'To repair:\n  data update --repair\nIt sorts the rows and drops repeated ones.\nIt fetches 1 span again:\n  2024-01-05 00:00Z up to 2024-01-06 00:00Z: missing bars, bars that close early',
    ]) expect(text).toContain(part);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('knows a file that only looks different, and shortens long lists', () => {
    const text = format({ manifest: { ...clean, isUnchanged: false, confirmedGaps: Array.from({ length: 12 }, (_, i) => gap(i + 1)) }, repair: nothing });
    expect(text).toContain('its bars are the same');
    expect(text).toContain('\n  … and 2 more\n');
    const bar = { open: time(9), noticed: time(20), source: 'rest', before: { volume: 1 }, after: { volume: 2 } };
    expect(format({ manifest: { ...clean, restated: [bar, bar] }, repair: nothing })).toContain('changed 2 bars after they were stored');
  });
});

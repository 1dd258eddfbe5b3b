// Every real file of klines goes through the door of `data check` and `data import`: read by its name, packed or not, with the
// report that its description promises. The numbers were counted from the files by other means.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { checkKlines, explainFindings, type FindingKind, type Gap, klineCount } from '@forecastlab/core';
import { confirmFindings, type KlinesFile, type KlinesManifest, MANIFEST_SCHEMA, monthFingerprints, planRepair, readKlinesFile } from '@forecastlab/core/node';
import { expect, it } from 'vitest';
import { describeShared, sharedPath } from './support/shared.js';

interface Expected {
  readonly rows: number;
  readonly interval: string;
  readonly first: string;
  readonly last: string;
  readonly timeUnit: string;
  /** All kinds of finding, in any order. */
  readonly kinds: readonly FindingKind[];
  /** Open times of the bars that close early. */
  readonly short?: readonly string[];
}

const OUTAGE_DAY = '2018-02-08T00:00:00.000Z';
const daily = (rows: number, first: string, last: string, kinds: readonly FindingKind[], short: readonly string[] = []): Expected => ({ rows, interval: '1d', first, last, timeUnit: 'ms', kinds, short });

/** Last bars: all six long daily files end with one that is not final; BTCUSDT, BNBUSDT and ADAUSDT show it, the others were taken late in their day. */
const FILES: Readonly<Record<string, Expected>> = {
  'binance/BTCUSDT_1d_forecastlab.csv': daily(2903, '2018-01-01', '2025-12-12', ['shortBars', 'lastBar'], [OUTAGE_DAY]),
  'binance/ETHUSDT_1d_12col.csv': daily(3261, '2017-08-17', '2026-07-21', ['shortBars'], [OUTAGE_DAY]),
  'binance/BNBUSDT_1d_12col.csv.gz': daily(3206, '2017-11-06', '2026-08-16', ['shortBars', 'frozenBars', 'lastBar'], [OUTAGE_DAY]),
  'binance/XRPUSDT_1d_12col.csv.gz': daily(3001, '2018-05-04', '2026-07-21', []),
  'binance/ADAUSDT_1d_12col.csv.gz': daily(3044, '2018-04-17', '2026-08-16', ['frozenBars', 'lastBar']),
  'binance/LTCUSDT_1d_12col.csv.gz': daily(3143, '2017-12-13', '2026-07-21', ['shortBars'], [OUTAGE_DAY]),
  'binance/1m_sample/BTCUSDT_1m_karasik.csv.gz': { rows: 4320, interval: '1m', first: '2025-10-29T04:22', last: '2025-11-01T04:21', timeUnit: 'iso', kinds: [] },
  'binance/dumps/BTCUSDT-1d-2024-01.zip': daily(31, '2024-01-01', '2024-01-31', []),
  'binance/dumps/BTCUSDT-1d-2024-12.zip': daily(31, '2024-12-01', '2024-12-31', []),
  'binance/dumps/BTCUSDT-1d-2025-01.zip': { ...daily(31, '2025-01-01', '2025-01-31', []), timeUnit: 'us' },
  'binance/dumps/BTCUSDT-1h-2024-12.csv': { rows: 744, interval: '1h', first: '2024-12-01T00:00', last: '2024-12-31T23:00', timeUnit: 'ms', kinds: [] },
  'binance/dumps/BTCUSDT-1h-2025-01.csv': { rows: 744, interval: '1h', first: '2025-01-01T00:00', last: '2025-01-31T23:00', timeUnit: 'us', kinds: [] },
  'binance/dumps/FILUSDT-1m-2025-02.head1500.csv': { rows: 1500, interval: '1m', first: '2025-02-01T00:00', last: '2025-02-02T00:59', timeUnit: 'ms', kinds: [] },
  'binance/dumps/ADABTC-1m-2021-11-27.head.csv': { rows: 10, interval: '1m', first: '2021-11-27T00:00', last: '2021-11-27T00:09', timeUnit: 'ms', kinds: [] },
  // one bar of 2017 passes for frozen: the market was thin then (a suspicion that a repair settles)
  'bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv': {
    rows: 3000, interval: '4h', first: '2017-08-17T04:00', last: '2018-12-31T20:00', timeUnit: 'ms', kinds: ['gaps', 'shortBars', 'zeroVolume', 'frozenBars'],
    short: ['2017-09-06T16', '2018-01-04T00', '2018-02-08T00', '2018-06-26T00', '2018-07-04T00', '2018-10-19T04', '2018-11-14T00'].map((hour) => `${hour}:00:00.000Z`),
  },
  'bad_input/klines_BTCUSDT_1h_2023-03-01_outage.json': { rows: 743, interval: '1h', first: '2023-03-01T00:00', last: '2023-03-31T23:00', timeUnit: 'ms', kinds: ['gaps', 'shortBars', 'zeroVolume'], short: ['2023-03-24T12:00:00.000Z'] },
  'bad_input/yfinance_multiindex_header_AAPL.csv': { rows: 1970, interval: '1d', first: '2018-01-02', last: '2025-10-31', timeUnit: 'iso', kinds: ['gaps', 'noOrderFlow'] },
  // its invented prices know no holiday
  'bad_input/synthetic_AAPL_orb20.csv': { rows: 1303, interval: '1d', first: '2019-01-02', last: '2023-12-29', timeUnit: 'iso', kinds: ['noOrderFlow'] },
};
const REFUSED: Readonly<Record<string, RegExp>> = { 'bad_input/junk_tail_row_AAPL_clean.csv': /row 2757: .*Got "Date"/ };

const read = (name: string): Promise<KlinesFile> => readKlinesFile(sharedPath('data', name));
const iso = (timeMs: number): string => new Date(timeMs).toISOString();

describeShared('market data: every real file, with its report', () => {
  it('none is forgotten', () => {
    const names = ['binance', 'bad_input'].flatMap((folder) =>
      readdirSync(sharedPath('data', folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.CHECKSUM'))
        .map((entry) => relative(sharedPath('data'), join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
    );
    expect(names.sort()).toEqual([...Object.keys(FILES), ...Object.keys(REFUSED)].sort());
  });

  it.each(Object.entries(FILES))('%s', async (name, expected) => {
    const { parsed } = await read(name);
    const { klines, intervalMs, firstRow } = parsed;
    const report = checkKlines(klines, { intervalMs });
    expect({ rows: klineCount(klines), interval: parsed.interval, timeUnit: parsed.timeUnit, usable: report.usable }).toEqual({ rows: expected.rows, interval: expected.interval, timeUnit: expected.timeUnit, usable: true });
    expect(iso(report.firstOpenMs).startsWith(expected.first)).toBe(true);
    expect(iso(report.lastOpenMs).startsWith(expected.last)).toBe(true);
    const explanations = explainFindings(report, { klines, firstRow });
    expect(explanations.map(({ kind }) => kind).sort()).toEqual([...expected.kinds].sort());
    const short = explanations.find(({ kind }) => kind === 'shortBars');
    expect(short?.count ?? 0).toBe(expected.short?.length ?? 0);
    expect(short?.rows.map(({ openTimeMs }) => iso(openTimeMs)) ?? []).toEqual(expected.short?.slice(0, 6) ?? []);
    const lastBar = explanations.find(({ kind }) => kind === 'lastBar');
    if (lastBar !== undefined) expect(lastBar.rows).toEqual([{ row: firstRow + expected.rows - 1, openTimeMs: report.lastOpenMs }]);
  });

  it.each(Object.entries(REFUSED))('%s is refused, with row and way out', async (name, message) => {
    await expect(read(name)).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringMatching(message) as string, hint: expect.stringContaining('delete the row') as string });
  });

  it('an archive is the one whose checksum was published', async () => {
    const path = sharedPath('data/binance/dumps/BTCUSDT-1d-2024-01.zip');
    const [published, file] = readFileSync(`${path}.CHECKSUM`, 'utf8').trim().split(/\s+/);
    expect(file).toBe(basename(path));
    expect((await readKlinesFile(path)).sha256).toBe(published);
  });

  it('the gaps of the outages are those of the exchange', async () => {
    const { parsed } = await read('bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv');
    const told = ({ fromMs, toMs, missingBars }: Gap): string => `${iso(fromMs).slice(0, 13)} ${iso(toMs).slice(0, 13)} ${missingBars}`;
    expect(checkKlines(parsed.klines).gaps.map(told)).toEqual(['2018-02-08T04 2018-02-09T04 7', '2018-06-26T04 2018-06-26T08 2', '2018-07-04T04 2018-07-04T04 1', '2018-11-14T04 2018-11-14T04 1']);
  });
});

describeShared('market data: repairs of real outages', () => {
  it.each([
    ['bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv', 2],
    ['bad_input/klines_BTCUSDT_1h_2023-03-01_outage.json', 1],
    ['binance/BTCUSDT_1d_forecastlab.csv', 2],
    ['binance/XRPUSDT_1d_12col.csv.gz', 0],
  ])('%s takes %d spans, and none once the exchange has confirmed them', async (name, spans) => {
    const { parsed } = await read(name);
    const { klines, intervalMs } = parsed;
    const nowMs = Date.UTC(2027, 0, 1);
    const plan = planRepair({ klines, intervalMs, nowMs });
    expect(plan.spans).toHaveLength(spans);
    const known = confirmFindings({ klines, intervalMs, fetched: plan.spans });
    expect(known.gaps.every(({ confirmed }) => confirmed === true)).toBe(true);
    const manifest: KlinesManifest = {
      schema: MANIFEST_SCHEMA, source: 'rest', symbol: 'BTCUSDT', interval: parsed.interval, synthetic: false, rows: klineCount(klines), sha256: '', restated: [], months: monthFingerprints(klines),
      first_open: iso(klines.openTimeMs[0]), last_open: iso(klines.openTimeMs[klineCount(klines) - 1]), ...known,
    };
    expect(planRepair({ klines, intervalMs, nowMs, manifest })).toEqual({ spans: [], needsRewrite: false });
  });
});

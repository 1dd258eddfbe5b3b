// forecastlab-train data check: of one file, of several, and of the stored klines of a market with their manifest.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, generateSampleMarket, type Klines, takeKlines } from '@forecastlab/core';
import { openFolderStore, runProgram, writeStoredKlines } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
function newRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-check-'));
  roots.push(root);
  return root;
}
const market = (): Klines => generateSampleMarket({ seed: 1, startMs: 0, endMs: Date.UTC(2018, 3, 1) });
const without = (klines: Klines, ...gone: number[]): Klines => takeKlines(klines, Array.from({ length: klines.close.length }, (_, row) => row).filter((row) => !gone.includes(row)));
const contradicting = (): Klines => {
  const klines = market();
  klines.high[20] = 1;
  return klines;
};

async function check(root: string, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stdout = { write: (text: string) => (out += text) };
  const code = await runProgram({ ...trainProgram, argv: ['data', 'check', ...argv], env: {}, cwd: root, stdout, stderr: { write: (text) => (err += text) }, nowMs: () => Date.UTC(2020, 0, 1) });
  return { code, out, err };
}

describe('data check of files', () => {
  const root = newRoot();
  const put = (name: string, content: string): void => writeFileSync(join(root, name), content);
  put('good.csv', formatKlinesCsv(market()));
  put('gap.csv', formatKlinesCsv(without(market(), 30)));
  put('bad, really.csv', formatKlinesCsv(contradicting()));
  put('none.csv', 'hello\n');

  it('explains what it finds, with open times, in text and in JSON', async () => {
    const { code, out } = await check(root, 'gap.csv');
    expect(code).toBe(0);
    expect(out).toMatch(/missing bars +1 +in 1 gap\n[^]*\n {2}usable\n\nMissing bars \(warning\)\n {2}1 bar is missing, in 1 gap\.\n {2}Why: /);
    expect((await check(root, 'bad, really.csv')).out).toContain('  Where: row 22 (2018-01-21 00:00Z)\n');
    const document = JSON.parse((await check(root, 'bad, really.csv', '--json')).out) as unknown;
    expect(document).toMatchObject({ format: 'forecastlab', report: { usable: false }, explanations: [{ kind: 'contradictions', severity: 'unusable', rows: [{ row: 22, openTimeMs: Date.UTC(2018, 0, 21) }] }, { kind: 'quoteMismatch' }] });
  });

  it('of several gives a report each, and ends with the worst code', async () => {
    const both = await check(root, 'good.csv', 'gap.csv');
    expect(both.code).toBe(0);
    expect(both.out).toMatch(/good\.csv: 90 bars[^]*\n\n\S*gap\.csv: 89 bars/);
    expect((await check(root, 'good.csv', 'bad, really.csv')).code).toBe(1);
    const all = await check(root, 'none.csv', 'absent.csv', 'bad, really.csv', 'good.csv', '--json');
    expect(all.code).toBe(2);
    expect(JSON.parse(all.out)).toMatchObject({ files: [{ error: { code: 'BAD_FILE' } }, { error: { code: 'BAD_FILE', message: expect.stringContaining('does not exist') as string } }, { report: { usable: false } }, { report: { usable: true } }] });
    expect((await check(root, 'none.csv', 'good.csv')).out).toMatch(/none\.csv: cannot be read\n {2}none\.csv, row 1: [^]*good\.csv: 90 bars/);
  });

  it('takes files although the configuration names a market', async () => {
    writeFileSync(join(root, 'forecastlab.config.json'), JSON.stringify({ symbol: 'BTCUSDT' }));
    expect((await check(root, 'good.csv')).out).toContain('90 bars of 1d');
    rmSync(join(root, 'forecastlab.config.json'));
    expect(await check(root)).toMatchObject({ code: 2, err: expect.stringContaining('--symbol S') as string });
  });
});

describe('data check of stored klines', () => {
  const MARKET = ['--symbol', 'BTCUSDT', '--interval', '1d'];
  const CSV = 'data/raw/binance_BTCUSDT_1d.csv';
  const newStore = async (klines: Klines): Promise<string> => {
    const root = newRoot();
    await writeStoredKlines(openFolderStore(root), { symbol: 'BTCUSDT', interval: '1d' }, klines, { source: 'rest' });
    return root;
  };

  it('says that all is well', async () => {
    const { code, out } = await check(await newStore(market()), ...MARKET);
    expect(code).toBe(0);
    expect(out).toMatch(/binance_BTCUSDT_1d\.csv: 90 bars of 1d[^]*The file is as it was stored\.\nThere is nothing to repair\.\n$/);
  });

  it('says which gaps are unexplained, and how to repair', async () => {
    const { code, out } = await check(await newStore(without(market(), 30, 31)), ...MARKET);
    expect(code).toBe(0);
    expect(out).toContain('Nobody has asked the exchange yet about 1 gap:\n  2018-01-31 00:00Z to 2018-02-01 00:00Z (2)\nTo repair:\n  forecastlab-train data update --symbol BTCUSDT --interval 1d --repair\nIt fetches 1 span again:');
  });

  it('finds months that were changed, and ends with 1', async () => {
    const root = await newStore(market());
    const path = join(root, CSV);
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').filter((_, line) => line !== 45).join('\n'));
    const { code, out } = await check(root, ...MARKET, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ market: { symbol: 'BTCUSDT', interval: '1d', venue: 'spot' }, report: { usable: true }, manifest: { isUnchanged: false, changedMonths: ['2018-02'] }, repair: { spans: [{ fromMs: Date.UTC(2018, 1, 1), toMs: Date.UTC(2018, 2, 1) }] } });
    writeFileSync(path, formatKlinesCsv(market(), { lineEnd: '\r\n' }));
    expect(await check(root, ...MARKET)).toMatchObject({ code: 0, out: expect.stringContaining('its bars are the same') as string });
    expect((await check(root, '--symbol', 'BTCUSDT', '--venue', 'usdm')).err).toContain('binance-usdm_BTCUSDT_1d.csv does not exist');
  });

  it('takes klines that were put there by hand, and names the way to get some', async () => {
    const root = newRoot();
    expect(await check(root, ...MARKET)).toMatchObject({ code: 2, err: expect.stringContaining('data update --symbol BTCUSDT --interval 1d') as string });
    mkdirSync(join(root, 'data/raw'), { recursive: true });
    writeFileSync(join(root, CSV), formatKlinesCsv(market()));
    expect((await check(root, ...MARKET)).out).toContain('There is no manifest');
    writeFileSync(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), formatKlinesCsv(without(market(), 5)));
    expect((await check(root, '--symbol', 'SAMPLEUSDT')).out).toContain('move the file and its manifest aside, and run:\n  forecastlab-train data update --symbol SAMPLEUSDT --interval 1d --source sample');
  });

  it('bars of the wrong kind make it fail', async () => {
    expect((await check(await newStore(contradicting()), ...MARKET)).code).toBe(1);
  });

  it('a whole day is a bar only once it has closed', async () => {
    const klines = generateSampleMarket({ seed: 1, startMs: Date.UTC(2019, 11, 1), endMs: Date.UTC(2020, 0, 1) + DAY });
    const root = await newStore(klines);
    // the exchange's clock had it closed: that of this machine is slow
    expect((await check(root, ...MARKET)).out).toContain('There is nothing to repair.');
    rmSync(join(root, 'data/raw/binance_BTCUSDT_1d.manifest.json'));
    expect((await check(root, ...MARKET)).out).toContain('2020-01-01 00:00Z up to 2020-01-02 00:00Z: bars that have not closed yet');
    expect((await check(root, join(root, CSV))).out).toMatch(/bars that are still open +1 +row 33\n {2}usable\n[^]*1 bar has not closed yet/);
  });

  it('klines that cannot be read end with 2 and name the repair of their market', async () => {
    const repair = 'data update --symbol BTCUSDT --interval 1d --repair';
    const root = await newStore(market());
    writeFileSync(join(root, CSV), 'hello\n');
    expect(await check(root, ...MARKET)).toMatchObject({ code: 2, err: expect.stringContaining(repair) as string });
    writeFileSync(join(root, 'data/raw/binance_BTCUSDT_1d.manifest.json'), '{');
    expect(await check(root, ...MARKET)).toMatchObject({ code: 2, err: expect.stringContaining(repair) as string });
    const other = newRoot();
    const { manifest } = await writeStoredKlines(openFolderStore(other), { symbol: 'BTCUSDT', interval: '1d' }, market(), { source: 'rest', format: 'parquet' });
    rmSync(join(other, manifest.parts?.[1]?.path ?? ''));
    expect(await check(other, ...MARKET)).toMatchObject({ code: 2, err: expect.stringContaining(repair) as string });
  });

  it('tells a manifest that does not fit', async () => {
    const root = await newStore(market());
    const path = join(root, 'data/raw/binance_BTCUSDT_1d.manifest.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"rows": 90', '"rows": 91'));
    expect(await check(root, ...MARKET)).toMatchObject({ code: 1, out: expect.stringContaining('rows says 91, and is 90') as string });
    writeFileSync(path, text.replace('"symbol": "BTCUSDT"', '"symbol": "ETHUSDT"'));
    expect(await check(root, ...MARKET)).toMatchObject({ code: 2, err: expect.stringContaining('is the manifest of ETHUSDT 1d spot, not of BTCUSDT 1d spot') as string });
  });

  it.each([['binance_BTCUSDT_1m', '--symbol BTCUSDT --interval 1m'], ['binance-usdm_BTCUSDT_260327_1h', '--symbol BTCUSDT_260327 --interval 1h --venue usdm'], ['other', '--symbol S --interval I']])('a folder is no file: %s', async (name, options) => {
    const root = newRoot();
    mkdirSync(join(root, name));
    const { code, err } = await check(root, name);
    expect(code).toBe(2);
    expect(err).toContain('is a folder, not a file.');
    expect(err).toContain(options);
  });
});

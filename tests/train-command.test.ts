// The commands of forecastlab-train, called in-process with captured streams in temporary roots.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatKlinesCsv, generateSampleMarket } from '@forecastlab/core';
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from './support/shared.js';

const nowMs = Date.UTC(2020, 5, 1, 0, 5);
const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));
function newRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-train-'));
  roots.push(root);
  return root;
}

async function call(root: string, line: string, more: { env?: Record<string, string>; signal?: AbortSignal; now?: number } = {}): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runProgram({
    ...trainProgram,
    argv: line.split(' '),
    env: more.env ?? {},
    cwd: root,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    nowMs: () => more.now ?? nowMs,
    ...(more.signal === undefined ? {} : { signal: more.signal }),
  });
  return { code, out, err };
}
const json = async (root: string, line: string): Promise<{ code: number; document: Record<string, never> }> => {
  const { code, out } = await call(root, `${line} --json`);
  return { code, document: JSON.parse(out) };
};
const MARKET = '--symbol SAMPLEUSDT --interval 1d';
const BUNDLE = `bundle ${MARKET} --candidates T7_X6 --model logistic`;

describe('forecastlab-train', () => {
  it.each(trainProgram.commands.map((command) => [command.path.join(' '), command] as const))('%s helps, with examples', async (line, command) => {
    const { code, out, err } = await call(newRoot(), `${line} --help`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(command.examples.length).toBeGreaterThan(0);
    for (const part of ['Usage: forecastlab-train', 'Examples:', '--json', '--quiet', '--root', ...command.examples]) expect(out).toContain(part);
  });

  it.each(trainProgram.commands.map((command) => [command.path.join(' ')]))('%s refuses unknown flags with 2', async (line) => {
    const { code, err } = await call(newRoot(), `${line} --jsn`);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean --json?');
  });

  it('ends with 2 and its help without a command', async () => {
    expect(await call(newRoot(), 'models')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('rollback') });
  });
});

describe('data update', () => {
  it('stores the sample market once, and adds what has closed since', async () => {
    const root = newRoot();
    expect((await json(root, `data update ${MARKET} --source sample`)).document).toMatchObject({ rows: 882, added: 882, synthetic: true, symbol: 'SAMPLEUSDT' });
    const file = join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv');
    const before = readFileSync(file, 'utf8');
    expect((await call(root, 'data update --source sample')).out).toContain('0 new');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await call(root, 'data update --source sample', { now: nowMs + 86_400_000 })).out).toContain('1 new');
    expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true);
    expect(await call(root, 'data update --source sample --seed 7')).toMatchObject({ code: 1, err: expect.stringContaining('made with seed 42') });
  });

  it('refuses calls that cannot be meant, before anything is asked of the network', async () => {
    expect(await call(newRoot(), 'data update')).toMatchObject({ code: 2, err: expect.stringContaining('--symbol BTCUSDT') });
    expect(await call(newRoot(), 'data update --symbol BTCUSDT --base-url example.com')).toMatchObject({ code: 2, err: expect.stringContaining('an address such as') });
    expect(await call(newRoot(), 'data update --symbol BTCUSDT --interval 1D')).toMatchObject({ code: 2, err: expect.stringContaining('Case matters') });
    expect(await call(newRoot(), 'data update --symbol BTCUSDT,SAMPLEUSDT')).toMatchObject({ code: 2, err: expect.stringContaining('alone') });
    expect(await call(newRoot(), 'data update --symbol BTCUSDT --venue usdm --interval 1s')).toMatchObject({ code: 2, err: expect.stringContaining('1m or longer') });
    expect(await call(newRoot(), 'data update --source sample --symbol BTCUSDT')).toMatchObject({ code: 2 });
    expect(await call(newRoot(), 'data update --source sample --start 2020-02-30')).toMatchObject({ code: 2, err: expect.stringContaining('calendar date') });
  });
});

describe('data check', () => {
  const root = newRoot();
  const csv = formatKlinesCsv(generateSampleMarket({ seed: 1, startMs: 0, endMs: Date.UTC(2018, 3, 1) }));
  const check = (name: string, content: string): Promise<{ code: number; document: Record<string, never> }> => {
    writeFileSync(join(root, name), content);
    return json(root, `data check ${name}`);
  };

  it('ends with 0 for usable bars, 1 for unusable ones, 2 for a file that is none', async () => {
    expect(await check('good.csv', csv)).toMatchObject({ code: 0, document: { report: { usable: true, rows: 90, interval: '1d' }, format: 'forecastlab' } });
    const lines = csv.split('\n');
    const cells = lines[10].split(',');
    [cells[2], cells[3]] = [cells[3], cells[2]];
    lines[10] = cells.join(',');
    expect(await check('bad.csv', lines.join('\n'))).toMatchObject({ code: 1, document: { report: { usable: false } } });
    expect(await check('none.csv', 'hello\n')).toMatchObject({ code: 2, document: { error: { code: 'BAD_FILE' } } });
    expect((await json(root, 'data check absent.csv')).code).toBe(2);
    expect((await call(root, 'data check good.csv')).out).toContain('90 bars of 1d');
  });
});

describe('bundle and models', () => {
  const root = newRoot();
  beforeAll(() => call(root, 'data update --source sample'));

  it('publishes, does nothing the second time, and refuses another bundle of that name before training', async () => {
    const first = await call(root, `${BUNDLE} --json --activate`);
    expect(JSON.parse(first.out)).toMatchObject({ name: 'flow_T7X6_20200601', status: 'published', isActive: true, synthetic: true, candidates: [{ name: 'T7_X6', walkForward: { folds: 8 } }] });
    expect(first.err).toContain('Walk-forward T7_X6: 8/8 folds');
    const meta = readFileSync(join(root, 'models/production/flow_T7X6_20200601/meta.json'), 'utf8');
    const second = await call(root, `${BUNDLE} --activate --quiet`, { now: nowMs + 60_000 });
    expect(second).toMatchObject({ code: 0, err: '', out: expect.stringContaining('nothing was changed') });
    expect(readFileSync(join(root, 'models/production/flow_T7X6_20200601/meta.json'), 'utf8')).toBe(meta);
    const other = await call(root, `${BUNDLE} --seed 7`);
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('its seed is 42') });
    expect(other.err).not.toContain('Walk-forward');
  });

  it('gives the same bytes in another root', async () => {
    const elsewhere = newRoot();
    await call(elsewhere, 'data update --source sample');
    await call(elsewhere, BUNDLE);
    const folder = 'models/production/flow_T7X6_20200601';
    const files = readdirSync(join(root, folder)).sort();
    expect(files).toEqual(['MODEL_CARD.md', 'meta.json', 'model_T7_X6.json', 'walk_forward_T7_X6.csv']);
    expect(readdirSync(join(elsewhere, folder)).sort()).toEqual(files);
    for (const file of files) expect(readFileSync(join(elsewhere, folder, file), 'utf8')).toBe(readFileSync(join(root, folder, file), 'utf8'));
  });

  it('shows scores beside baseline, interval and verdict', async () => {
    const { out } = await call(root, 'models show flow_T7X6_20200601');
    expect(out).toContain('SAMPLEUSDT 1d (synthetic)');
    expect(out).toMatch(/T7_X6: (No measurable|Measurable) skill: log loss \d\.\d{3} against \d\.\d{3} for class shares/);
  });

  it('prints the model card, which lies in the bundle', async () => {
    const name = 'flow_T7X6_20200601';
    const card = readFileSync(join(root, 'models/production', name, 'MODEL_CARD.md'), 'utf8');
    expect(card).toMatch(/^# flow_T7X6_20200601\n\n\*\*The prices are synthetic/);
    expect((await call(root, `models card ${name}`)).out).toBe(card);
    expect((await json(root, `models card ${name}`)).document).toEqual({ name, text: card });
    expect((await call(root, 'models card third')).code).toBe(2);
    expect(await call(root, `${BUNDLE} --consistency monotone`)).toMatchObject({ code: 1, err: expect.stringContaining('its answers are not made to agree') });
  });

  it('lists, activates, rolls back, remembers, verifies', async () => {
    await call(root, `${BUNDLE} --model prior --name second`);
    expect((await json(root, 'models activate second --why better')).document).toMatchObject({ status: 'activated', from: 'flow_T7X6_20200601', to: 'second' });
    expect((await json(root, 'models list')).document).toMatchObject([{ name: 'flow_T7X6_20200601', isActive: false }, { name: 'second', isActive: true }]);
    expect((await json(root, 'models rollback')).document).toMatchObject({ to: 'flow_T7X6_20200601' });
    expect((await json(root, 'models history')).document).toMatchObject([{ action: 'activate' }, { action: 'activate', why: 'better' }, { action: 'rollback' }]);
    expect((await json(root, 'models verify second')).document).toMatchObject({ ok: true, files: 4 });
    const model = join(root, 'models/production/second/model_T7_X6.json');
    writeFileSync(model, readFileSync(model, 'utf8').replace('"kind"', '"kinf"'));
    expect(await json(root, 'models verify second')).toMatchObject({ code: 1, document: { error: { code: 'CORRUPT' } } });
    expect((await call(root, 'models show third')).code).toBe(2);
  });

  it('exports a model, and writes nothing where that cannot be done', async () => {
    const file = join(root, 'out.onnx');
    expect((await json(root, `models export flow_T7X6_20200601 --candidate T7_X6 --format onnx --out ${file}`)).document).toMatchObject({ name: 'flow_T7X6_20200601', file, candidate: 'T7_X6', modelKind: 'logistic', format: 'onnx', bytes: readFileSync(file).length });
    expect(readFileSync(file, 'latin1')).toContain('LinearClassifier');
    expect((await call(root, `models export flow_T7X6_20200601 --out ${file}`)).out).toBe(`${file}: the logistic model of T7_X6 as onnx, ${readFileSync(file).length} bytes\n`);
    await call(root, `${BUNDLE} --model prior --name kept`);
    for (const [line, reason, code] of [['flow_T7X6_20200601 --candidate T9_X9', 'must be one of T7_X6. Got "T9_X9"', 2], ['none', 'There is no bundle named none', 2], ['kept', 'kind prior cannot be written as ONNX', 1], ['flow_T7X6_20200601 --format csv', 'one of onnx', 2]] as const) {
      expect(await call(root, `models export ${line} --out ${file}2`)).toMatchObject({ code, err: expect.stringContaining(reason) });
    }
    expect(existsSync(`${file}2`)).toBe(false);
  });

  it('never shows skill for flawed labels', async () => {
    const flawed = newRoot();
    await call(flawed, 'data update --source sample');
    const { code, out } = await call(flawed, `${BUNDLE} --label-window trailing --tie-break upswing --allow-flawed-labels`);
    expect(code).toBe(0);
    expect(out).toContain('T7_X6: Flawed: its trailing labels');
    expect((await call(flawed, 'models list')).out).toContain('T7_X6 flawed labels');
    expect((await json(flawed, 'models list')).document).toMatchObject([{ name: 'flow-flawed_T7X6_20200601', candidates: [{ hasSkill: false, isFlawed: true }] }]);
  });

  it('refuses what is wrong with 2', async () => {
    for (const line of [`${BUNDLE} --candidates X8`, `${BUNDLE} --model svm`, `${BUNDLE} --params [1]`, `${BUNDLE} --params {"nope":1}`, `${BUNDLE} --label-window trailing`, `${BUNDLE} --name ../x`, 'bundle --candidates T7_X6', `bundle ${MARKET}`, `${BUNDLE} --store s3://bucket/x`]) {
      expect({ line, code: (await call(root, line)).code }).toEqual({ line, code: 2 });
    }
  });

  it('takes its options from the configuration file', async () => {
    const configured = newRoot();
    await call(configured, 'data update --source sample');
    writeFileSync(join(configured, 'forecastlab.config.json'), JSON.stringify({ symbol: 'SAMPLEUSDT', candidates: ['T7_X6'], commands: { 'train bundle': { model: 'gbdt', params: { numIterations: 3 }, name: 'from_file' } } }));
    const { document } = await json(configured, 'bundle');
    expect(document).toMatchObject({ name: 'from_file', candidates: [{ modelKind: 'gbdt', params: { numIterations: 3 } }] });
  });

  it('leaves nothing behind when it is stopped', async () => {
    const stopped = newRoot();
    await call(stopped, 'data update --source sample');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const { code, err } = await call(stopped, `${BUNDLE} --model gbdt --candidates T14_X8`, { signal: stop.signal });
    expect(code).toBe(130);
    expect(err).toContain('Stopped');
    expect(existsSync(join(stopped, 'models'))).toBe(false);
  });
});

describe('lookahead and table', () => {
  const root = newRoot();
  beforeAll(() => call(root, 'data update --source sample'));

  it('finds no feature that looks ahead', async () => {
    expect(await json(root, `lookahead ${MARKET} --cuts 3`)).toMatchObject({ code: 0, document: { ok: true, violations: [] } });
  });

  it('shows how many bars each feature needs, and names those that move after their warm-up', async () => {
    const { code, out } = await call(root, `lookahead ${MARKET} --features baseline --cuts 2`);
    expect(code).toBe(0);
    expect(out).toMatch(/^feature +look-back +50 bars +100 bars +199 bars +399 bars +settled from$/m);
    expect(out).toMatch(/^rsi_14 +42 +\d\.\de-\d .* 2\d\d$/m);
    expect(out).toMatch(/^ma7 +7 +0 +0 +0 +0 +7$/m);
    expect(out).toMatch(/^Warning: rsi_14 still moves by [\d.]+ % of its scale at its declared warm-up of 22 bars; it settles from 2\d\d bars on\.$/m);
    const { document } = await json(root, `lookahead ${MARKET} --features baseline --cuts 2`);
    expect(document).toMatchObject({ ok: true, warmUp: { startUpBars: [50, 100, 199, 399], features: { length: 6 } } });
  });

  it('proves nothing from a handful of bars, and says so', async () => {
    const few = join(root, 'few.csv');
    writeFileSync(few, readFileSync(join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv'), 'utf8').split('\n').slice(0, 30).join('\n'));
    expect(await call(root, `lookahead --data ${few}`)).toMatchObject({ code: 1, err: expect.stringContaining('has 29 bars; below 84') });
  });

  it('refuses a file of prices for order-flow features with 2, and names the set that works', async () => {
    const prices = join(root, 'prices.csv');
    const rows = Array.from({ length: 200 }, (_, day) => `${new Date(Date.UTC(2019, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)},100,102,99,${100 + (day % 3)},5000`);
    writeFileSync(prices, `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`);
    for (const line of [`lookahead --data ${prices}`, `table --data ${prices} --out x.csv`, `bundle --data ${prices} --symbol AAPL --candidates T7_X6`]) {
      expect(await call(root, `${line} --features flow`)).toMatchObject({ code: 2, err: expect.stringMatching(/prices\.csv has no order flow[^]*--features baseline/) });
    }
    expect((await call(root, `lookahead --data ${prices} --features baseline --cuts 2`)).code).toBe(0);
  });

  it('writes the table in both formats', async () => {
    mkdirSync(join(root, 'out'));
    const line = `table ${MARKET} --candidates T21_X8,T14_X8.5 --out`;
    expect((await json(root, `${line} out/t.csv`)).document).toMatchObject({ rows: 882, columns: 27, synthetic: true });
    expect(readFileSync(join(root, 'out/t.csv'), 'utf8').split('\n', 1)[0]).toMatch(/^open_time_ms,rsi_14,.*,label_T14_X8.5,upswing_T14_X8.5,drawdown_T14_X8.5$/);
    expect((await call(root, `${line} out/t.parquet`)).code).toBe(0);
    expect(readFileSync(join(root, 'out/t.parquet')).subarray(0, 4).toString()).toBe('PAR1');
    expect(readdirSync(join(root, 'out')).sort()).toEqual(['t.csv', 't.parquet']);
    expect((await call(root, `${line} out/t.xlsx`)).code).toBe(2);
  });
});

describeShared('data check on files that must be survived', () => {
  it.each([
    ['data/bad_input/BTCUSDT_4h_2017-08_2018-12_outages.csv', 0],
    ['data/bad_input/klines_BTCUSDT_1h_2023-03-01_outage.json', 0],
    ['data/bad_input/yfinance_multiindex_header_AAPL.csv', 0],
    ['data/bad_input/junk_tail_row_AAPL_clean.csv', 2],
    ['data/binance/BTCUSDT_1d_forecastlab.csv', 0],
  ])('%s ends with %i', async (file, code) => {
    expect((await call(newRoot(), `data check ${sharedPath(file)}`)).code).toBe(code);
  });
});

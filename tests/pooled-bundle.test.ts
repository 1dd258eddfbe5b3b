// One bundle of several markets, as a user makes and uses it: trained on three stored markets, asked about them, about one that it has
// not seen, about a file, and shown.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleMeta, type DailyPrediction, generateSampleMarket, parseBundleMeta, parseDailyPrediction, parseWalkForwardCsv, sliceKlines } from '@forecastlab/core';
import { openFolderStore, openModelRegistry, type Program, runProgram, writeStoredKlines } from '@forecastlab/core/node';
import { predictProgram } from '@forecastlab/predict';
import { trainProgram } from '@forecastlab/train';
import { loadDashboard } from '@forecastlab/viz';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
const START = Date.UTC(2022, 0, 1);
const BARS = 600;
const SYMBOLS = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'];
const NEWEST = '2023-08-23';
const NAME = 'market_pooled3_T5X4_T5V1_20230824';
const DAILY = 'outputs/predictions/daily';
let root = '';
let nowMs = START + BARS * DAY + 300_000;

async function run(program: Program, line: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({
    ...program,
    argv: [...line.split(' '), '--root', root],
    env: {},
    cwd: root,
    stdout: { write: (text: string) => ((out += text), true) },
    stderr: { write: (text: string) => ((err += text), true) },
    nowMs: () => nowMs,
  });
  return { code, out, err };
}

/** Stores a market of its own seed; the second starts later, so that calendars differ. */
async function store(symbol: string, seed: number, bars = BARS): Promise<void> {
  const klines = generateSampleMarket({ seed, startMs: START, endMs: START + bars * DAY });
  await writeStoredKlines(openFolderStore(root), { symbol, interval: '1d' }, sliceKlines(klines, symbol === 'BBBUSDT' ? 90 : 0, bars), { source: 'rest' });
}

const file = (symbol: string, date = NEWEST): string => join(root, DAILY, symbol, `${date}.json`);
const predictionOf = (symbol: string): DailyPrediction => parseDailyPrediction(readFileSync(file(symbol), 'utf8'), { fileName: symbol });
const metaOf = (): BundleMeta => parseBundleMeta(readFileSync(join(root, 'models/production', NAME, 'meta.json')));

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-pooled-'));
  for (const [i, symbol] of [...SYMBOLS, 'DDDUSDT'].entries()) await store(symbol, i + 1);
  const made = await run(trainProgram, `bundle --symbols ${SYMBOLS.join(',')} --candidates T5_X4,T5_V1 --features market --model logistic --params {"C":0.01} --leader AAAUSDT --activate`);
  if (made.code !== 0 || !made.out.includes('3 markets (AAAUSDT, BBBUSDT, CCCUSDT) 1d')) throw new Error(`${made.code}\n${made.out}\n${made.err}`);
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a bundle of three markets', () => {
  it('says of what it is, and how each candidate did on each market', async () => {
    const meta = metaOf();
    expect(meta.symbols?.map(({ symbol, rows, firstOpenTime }) => [symbol, rows, firstOpenTime.slice(0, 10)])).toEqual([['AAAUSDT', 600, '2022-01-01'], ['BBBUSDT', 510, '2022-04-01'], ['CCCUSDT', 600, '2022-01-01']]);
    expect(new Set(meta.symbols?.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(meta).toMatchObject({ symbol: 'AAAUSDT', leader: { symbol: 'AAAUSDT' } });
    for (const { rows, classCounts, symbols = [], walkForward } of meta.candidates) {
      expect(symbols.reduce((sum, market) => sum + market.rows, 0)).toBe(rows);
      for (const k of [0, 1, 2]) expect(symbols.reduce((sum, market) => sum + market.classCounts[k], 0)).toBe(classCounts[k]);
      expect(walkForward?.baselines.map(({ name }) => name)).toEqual(['prior', 'recent', 'volatility', 'volatility-recipe']);
      expect(walkForward?.evidence?.bySymbol.map(({ name }) => name)).toEqual(SYMBOLS);
      const table = parseWalkForwardCsv(readFileSync(join(root, 'models/production', NAME, walkForward?.file ?? '')), { file: 'x.csv' });
      expect([table.symbols?.slice().sort(), table.openTimeMs.length]).toEqual([SYMBOLS, walkForward?.model.rows]);
    }
    expect(meta.parity.flatMap(({ symbol }) => symbol ?? [])).toEqual(SYMBOLS);
    expect(meta.candidates.every(({ boundFeatures = [] }) => boundFeatures.length > 0)).toBe(true);
    const shown = await run(trainProgram, `models show ${NAME}`);
    expect(shown.out).toMatch(/T5_V1 +BBBUSDT +\d+ +2022/);
    expect((await run(trainProgram, 'models list')).out).toContain('3 markets (AAAUSDT, BBBUSDT, CCCUSDT) 1d');
    expect(readFileSync(join(root, 'models/production', NAME, 'MODEL_CARD.md'), 'utf8')).toContain('BBBUSDT');
  });

  it('predicts every market into a file of its own, once', async () => {
    const { code, out } = await run(predictProgram, 'run');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/BBBUSDT +2023-08-23 +T5_V1 +\d+\.\d %/) as string });
    for (const symbol of SYMBOLS) {
      const prediction = predictionOf(symbol);
      expect(prediction).toMatchObject({ symbol, asof_date: NEWEST, market_seen: true, synthetic: false, deploy_name: NAME });
      expect(prediction.leader?.symbol).toBe(symbol === 'AAAUSDT' ? undefined : 'AAAUSDT');
      expect(prediction.warnings.join()).not.toContain('missing');
      const [fixed, scaled] = prediction.predictions;
      expect([fixed.X, fixed.V, scaled.V]).toEqual([0.04, undefined, 1]);
      expect(scaled.X).toBeGreaterThan(0);
    }
    expect(existsSync(join(root, DAILY, `${NEWEST}.json`))).toBe(false);
    const before = SYMBOLS.map((symbol) => [readFileSync(file(symbol), 'utf8'), statSync(file(symbol)).mtimeMs]);
    const again = await run(predictProgram, 'run --json');
    expect([again.code, JSON.parse(again.out).predictions.map(({ status }: { status: string }) => status)]).toEqual([0, ['unchanged', 'unchanged', 'unchanged']]);
    expect(SYMBOLS.map((symbol) => [readFileSync(file(symbol), 'utf8'), statSync(file(symbol)).mtimeMs])).toEqual(before);
  });

  it('measures drift on each market, without features of the question, and of the leader where it is the leader itself', async () => {
    const { code, out } = await run(predictProgram, 'drift --json');
    expect(code).toBe(0);
    const { markets } = JSON.parse(out) as { markets: { symbol: string; features: { rows: number; columns: { name: string }[] }; distance: { rank: number } | null }[] };
    expect(markets.map(({ symbol, features, distance }) => [symbol, features.rows, distance === null])).toEqual(SYMBOLS.map((symbol) => [symbol, 60, false]));
    const [ofLeader, ofOther] = markets.map(({ features }) => features.columns.map(({ name }) => name));
    expect(ofOther.filter((name) => !ofLeader.includes(name)).length).toBeGreaterThan(0);
    const bound = metaOf().candidates.flatMap(({ boundFeatures = [] }) => boundFeatures.map(({ name }) => name));
    expect(ofOther.filter((name) => bound.includes(name))).toEqual([]);
  });

  it('answers for a market that it has not seen, and marks it', async () => {
    const { code, out } = await run(predictProgram, 'run --symbols DDDUSDT');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('not seen in training') as string });
    expect(predictionOf('DDDUSDT')).toMatchObject({ market_seen: false, leader: { symbol: 'AAAUSDT' }, warnings: [expect.stringContaining('DDDUSDT was not among the markets')] });
  });

  it('takes a file by its name, or with one symbol', async () => {
    const bars = join(root, 'data/raw/binance_BBBUSDT_1d.csv');
    const taken = await run(predictProgram, `run --data ${bars} --dry-run --json`);
    expect(JSON.parse(taken.out)).toMatchObject({ status: 'dry-run', prediction: { symbol: 'BBBUSDT', data_sha256: predictionOf('BBBUSDT').data_sha256 } });
    writeFileSync(join(root, 'bars.csv'), readFileSync(bars));
    expect(await run(predictProgram, `run --data bars.csv --dry-run`)).toMatchObject({ code: 2, err: expect.stringContaining('--symbols with one of') as string });
    expect((await run(predictProgram, `run --data bars.csv --symbols BBBUSDT --dry-run`)).code).toBe(0);
    for (const odd of ['btc-usdt', '../BBBUSDT']) expect(await run(predictProgram, `run --data bars.csv --symbols ${odd} --dry-run`)).toMatchObject({ code: 2, err: expect.stringContaining(`must be capital letters and digits, such as BTCUSDT. Got "${odd}"`) as string });
    expect(await run(predictProgram, 'run --symbols BBBUSDT,bbbusdt')).toMatchObject({ code: 2, err: expect.stringContaining('must be capital letters and digits') as string });
    expect(await run(predictProgram, `run --data ${bars} --symbols CCCUSDT --dry-run`)).toMatchObject({ code: 2, err: expect.stringContaining('CCCUSDT was asked for') as string });
  });

  it('refuses the synthetic source, a dry run too, which says that it updates nothing', async () => {
    for (const symbols of ['', ' --symbols BBBUSDT']) {
      const { code, out, err } = await run(predictProgram, `run --source sample --dry-run${symbols}`);
      expect([code, `${out}${err}`]).toEqual([2, expect.stringContaining('the source sample has synthetic bars only')]);
    }
    expect(await run(predictProgram, 'run --source auto --dry-run')).toMatchObject({ code: 0, err: expect.stringContaining('dry run: nothing was updated') as string });
    expect((await run(predictProgram, 'run --dry-run')).err).not.toContain('nothing was updated');
  });

  it('shows any of its markets, with the rows of that market alone', async () => {
    const load = (symbol?: string) => loadDashboard({ store: openFolderStore(root), nowMs, days: 400, symbol });
    const [first, second, unseen] = [await load(), await load('BBBUSDT'), await load('DDDUSDT')];
    expect([first.market?.symbol, second.market?.symbol]).toEqual(['AAAUSDT', 'BBBUSDT']);
    for (const { notices } of [first, second]) expect(notices).toEqual([]);
    const counts = metaOf().candidates[0].symbols?.find(({ symbol }) => symbol === 'BBBUSDT')?.classCounts;
    expect(second.bundle).toMatchObject({ symbols: SYMBOLS, isMarketSeen: true, candidates: [{ classCounts: counts }, {}] });
    expect(first.history[0].pUp).not.toEqual(second.history[0].pUp);
    expect(second.history[1].barrier?.every((size) => size !== null && size > 0)).toBe(true);
    expect(new Set(second.history[1].barrier).size).toBeGreaterThan(100);
    expect(unseen.bundle?.isMarketSeen).toBe(false);
    expect(unseen.today?.warnings.join()).toContain('DDDUSDT was not among the markets');
  });

  it('knows no later day: the same bytes for a past day, whatever came after it', async () => {
    await run(predictProgram, 'run --asof 2023-08-20 --symbols CCCUSDT');
    const early = readFileSync(file('CCCUSDT', '2023-08-20'), 'utf8');
    rmSync(file('CCCUSDT', '2023-08-20'));
    for (const [i, symbol] of SYMBOLS.entries()) await store(symbol, i + 1, BARS + 20);
    nowMs += 20 * DAY;
    expect((await run(predictProgram, 'run --asof 2023-08-20 --symbols CCCUSDT')).code).toBe(0);
    expect(readFileSync(file('CCCUSDT', '2023-08-20'), 'utf8')).toBe(early);
  });
});

describe('a market that fails', () => {
  it('keeps no other from its answer: exit 3, and it is named', async () => {
    await store('CCCUSDT', 3, BARS + 20);
    writeFileSync(join(root, 'data/raw/binance_BBBUSDT_1d.csv'), 'timestamp,open\n2022-04-01,x\n');
    const { code, out } = await run(predictProgram, 'run --json');
    const said = JSON.parse(out);
    expect([code, said.predictions.map(({ prediction }: { prediction: DailyPrediction }) => prediction.symbol), said.failures]).toMatchObject([3, ['AAAUSDT', 'CCCUSDT'], [{ symbol: 'BBBUSDT', code: 'BAD_FILE' }]]);
    expect(existsSync(file('CCCUSDT', '2023-09-12'))).toBe(true);
    expect(await run(predictProgram, 'run --symbols BBBUSDT')).toMatchObject({ code: 2, err: expect.stringContaining('binance_BBBUSDT_1d.csv') as string });
  });

  it('is told with 75 when all may succeed later, and a leader that lags behind is waited for', async () => {
    await store('BBBUSDT', 2, BARS + 20);
    nowMs += 3 * DAY;
    expect(await run(predictProgram, 'run')).toMatchObject({ code: 75, out: expect.stringContaining('FAILED AAAUSDT, BBBUSDT, CCCUSDT: The stored bars end on 2023-09-12') as string });
    await store('BBBUSDT', 2, BARS + 23);
    const lagging = await run(predictProgram, 'run --symbols BBBUSDT');
    expect(lagging).toMatchObject({ code: 75, err: expect.stringContaining('The stored bars of AAAUSDT, which features of the bundle follow, end before 2023-09-15') as string });
    // the same for a past day and a file: the leader has bars at and after that day, or the answer waits
    const bars = join(root, 'data/raw/binance_BBBUSDT_1d.csv');
    for (const line of [`run --data ${bars}`, 'run --symbols BBBUSDT --asof 2023-09-14']) expect(await run(predictProgram, line)).toMatchObject({ code: 75, err: expect.stringContaining('of AAAUSDT, which features of the bundle follow, end before 2023-09-1') as string });
    expect((await run(predictProgram, `run --data ${bars} --asof 2023-09-12 --dry-run`)).code).toBe(0);
    rmSync(join(root, 'data/raw/binance_AAAUSDT_1d.csv'));
    rmSync(join(root, 'data/raw/binance_AAAUSDT_1d.manifest.json'));
    for (const line of ['run --symbols BBBUSDT', `run --data ${bars}`, 'run --symbols BBBUSDT --asof 2023-09-12', 'run --symbols BBBUSDT,DDDUSDT --asof 2023-08-20']) {
      const { code, out, err } = await run(predictProgram, line);
      expect([line, code, `${out}${err}`]).toEqual([line, 75, expect.stringContaining('No bars of AAAUSDT, which features of the bundle follow, are stored.')]);
      expect(`${out}${err}`).toContain('forecastlab-train data update --symbol AAAUSDT --interval 1d, or answer without these features with --allow-missing-leader');
    }
    expect(existsSync(file('BBBUSDT', '2023-09-15'))).toBe(false);
    const without = await run(predictProgram, 'run --symbols BBBUSDT --allow-missing-leader --dry-run --json');
    expect(JSON.parse(without.out)).toMatchObject({ prediction: { leader: { symbol: 'AAAUSDT', data_sha256: null }, warnings: expect.arrayContaining([expect.stringContaining('The bars of AAAUSDT, which some features follow, were not at hand')]) as string[] } });
  });

  it('leaves with 2 for markets that do not go together', async () => {
    expect(await run(trainProgram, 'bundle --symbols BBBUSDT,BBBUSDT --candidates T5_X4 --model prior')).toMatchObject({ code: 2, err: expect.stringContaining('named twice') as string });
    expect(await run(trainProgram, 'bundle --symbols BBBUSDT --symbol CCCUSDT --candidates T5_X4')).toMatchObject({ code: 2, err: expect.stringContaining('exclude each other') as string });
    expect(await run(predictProgram, 'run --symbols BBBUSDT,BBBUSDT')).toMatchObject({ code: 2 });
  });

  it('says once what is wrong with all of them', async () => {
    const { code, out } = await run(predictProgram, 'run --symbols BBBUSDT,CCCUSDT --asof 2023-08-20');
    expect([code, out.split('No bars of AAAUSDT').length - 1]).toEqual([75, 1]);
    expect(out).toContain('FAILED BBBUSDT, CCCUSDT: No bars of AAAUSDT');
  });

  it('is refused with the whole bundle when a table of it is damaged', async () => {
    appendFileSync(join(root, 'models/production', NAME, 'walk_forward_T5_V1.csv'), 'x');
    await expect(openModelRegistry(openFolderStore(root)).verify(NAME)).rejects.toMatchObject({ code: 'CORRUPT' });
    expect((await run(predictProgram, 'run')).code).toBe(1);
  });
});

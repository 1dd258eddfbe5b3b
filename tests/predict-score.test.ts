// forecastlab-predict score, called as users call it: outcomes once they are known, a scorecard beside what the bundle led to expect, and
// nothing lost when files are damaged, replaced or gone.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTrainingTable, type DailyPrediction, ForecastLabError, formatDailyPrediction, type Klines, type OutcomeLine, parseCandidates, parseOutcomes, parseScorecard, predictDay, type Scorecard, sha256Hex, takeKlines } from '@forecastlab/core';
import { type ArtifactStore, openFolderStore, openModelRegistry, readStoredKlines, runProgram, writeStoredKlines } from '@forecastlab/core/node';
import { predictProgram, savePrediction } from '@forecastlab/predict';
import { scorePredictions } from '../packages/predict/src/score/score-predictions.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const BUNDLE = 'flow_T5X4_T3X3_20241027';
const [FIRST, DAYS, MISSED] = [300, 340, 320]; // days that have bars; the first that was predicted, and one that was not
const OUTCOMES = 'outputs/predictions/outcomes.jsonl';
const SCORECARD = 'outputs/predictions/scorecard.json';
let template: string;
let root: string;
let klines: Klines;

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'forecastlab-score-'));
  klines = await storeSample(template, DAYS);
  await activateBundle(template, klines, { name: BUNDLE, trainDays: FIRST });
  const store = openFolderStore(template);
  const bundle = await openModelRegistry(store).verify(BUNDLE);
  for (let day = FIRST; day < DAYS; day += 1) if (day !== MISSED) await savePrediction(store, predictDay(bundle, klines, { asofDate: dateOf(day) }));
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forecastlab-score-'));
  cpSync(template, root, { recursive: true });
  return () => rmSync(root, { recursive: true, force: true });
});

const dateOf = (day: number): string => new Date(klines.openTimeMs[day]).toISOString().slice(0, 10);
const file = (date: string, folder = ''): string => join(root, 'outputs/predictions/daily', folder, `${date}.json`);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const outcomes = (): readonly OutcomeLine[] => parseOutcomes(text(OUTCOMES)).lines;
const scorecard = (): Scorecard => parseScorecard(text(SCORECARD), { fileName: SCORECARD });
const predictionOf = (date: string): DailyPrediction => JSON.parse(readFileSync(file(date), 'utf8')) as DailyPrediction;

async function score(argv: readonly string[] = [], day = DAYS): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({
    ...predictProgram,
    argv: ['score', ...argv, '--root', root],
    env: {},
    cwd: root,
    stdout: { write: (said: string) => ((out += said), true) },
    stderr: { write: (said: string) => ((err += said), true) },
    nowMs: () => morningOf(day),
  });
  return { code, out, err };
}

/** Stores the bars anew, some of them changed. */
async function restate(change: (bars: Klines) => void, rows = DAYS): Promise<void> {
  const bars = takeKlines(klines, Int32Array.from({ length: rows }, (_, row) => row));
  change(bars);
  await writeStoredKlines(openFolderStore(root), { symbol: 'SAMPLEUSDT', interval: '1d' }, bars, { source: 'sample' });
}

describe('forecastlab-predict score', () => {
  it('writes down every matured label as training has it, and counts what is open or missing', async () => {
    const { code, out } = await score();
    expect(code).toBe(0);
    expect(out).toMatch(/T3_X3 +flow_T5X4_T3X3_20241027 +36 +0 +3 +\d +1 /);
    const table = buildTrainingTable(klines, { features: 'flow', candidates: parseCandidates('T5_X4,T3_X3') });
    const expected = [5, 3].flatMap((T, i) => Array.from({ length: DAYS - FIRST - T }, (_, row) => FIRST + row).filter((day) => day !== MISSED).map((day) => `${dateOf(day)} ${i === 0 ? 'T5_X4' : 'T3_X3'} ${table.labels[i].label[day]} ${dateOf(day + T)}`));
    expect(outcomes().map(({ asof_date, candidate, label, matured_on }) => `${asof_date} ${candidate} ${label} ${matured_on}`).sort()).toEqual(expected.sort());
    const [t3, t5] = scorecard().entries;
    expect(t3).toMatchObject({ candidate: 'T3_X3', symbol: 'SAMPLEUSDT', synthetic: true, counts: { on_time: 36, late: 0, missing: 1, unknowable: 0, not_fair: 0 }, comparison: { verdict: expect.stringMatching(/within-chance|worse|better/) as string } });
    expect(t3.counts.pending + t3.counts.touched_early).toBe(3);
    expect(t5.counts.pending + t5.counts.touched_early).toBe(5);
    const { candidates } = (await openModelRegistry(openFolderStore(root)).show(BUNDLE)).meta;
    const evaluated = candidates.find(({ name }) => name === 'T3_X3')?.walkForward;
    expect(t3.expected?.log_loss).toBeCloseTo(evaluated?.model.logLoss ?? Number.NaN, 9);
    expect(t3.expected?.skill).toEqual({ value: evaluated?.skill.skill, interval: evaluated?.skill.interval });
    expect(readdirSync(join(root, 'outputs/runs/score'))).toHaveLength(1);
  });

  it('adds nothing when it runs again, and the same line by line when it runs every day', async () => {
    await score();
    const whole = text(OUTCOMES);
    await score();
    expect(text(OUTCOMES)).toBe(whole);
    rmSync(join(root, OUTCOMES));
    for (const day of [FIRST + 2, FIRST + 4, FIRST + 5, FIRST + 20, DAYS]) await score([], day);
    expect(text(OUTCOMES).split('\n').sort()).toEqual(whole.split('\n').sort());
  });

  it('goes on after a run that was killed between any two of its writes', async () => {
    await score([], DAYS - 4);
    await score();
    const whole = text(OUTCOMES);
    rmSync(join(root, SCORECARD));
    await score();
    expect(text(OUTCOMES)).toBe(whole);
    expect(scorecard().entries).toHaveLength(2);
  });

  it('corrects what restated bars change by a line more, and takes nothing back for bars that are gone', async () => {
    await score();
    const before = text(OUTCOMES);
    const target = outcomes().find(({ candidate, label, asof_date }) => candidate === 'T3_X3' && label === 0 && asof_date > dateOf(FIRST + 5)) as OutcomeLine;
    const row = klines.openTimeMs.findIndex((time) => new Date(time).toISOString().slice(0, 10) === target.asof_date);
    await restate((bars) => {
      bars.close[row + 1] = 1.2 * bars.close[row];
      bars.high[row + 1] = bars.close[row + 1];
    });
    const { code, out } = await score();
    expect(code).toBe(0);
    expect(text(OUTCOMES).startsWith(before)).toBe(true);
    const correction = outcomes().filter(({ asof_date, candidate }) => asof_date === target.asof_date && candidate === 'T3_X3').at(-1);
    expect(correction).toMatchObject({ label: 1, touched_on: dateOf(row + 1), corrects: expect.stringContaining('label 0') as string });
    expect(out).toContain(`${target.asof_date} T3_X3: corrected`);
    expect(outcomes().find(({ asof_date, corrects }) => asof_date === dateOf(row + 1) && corrects !== undefined)?.note).toContain('when the prediction was made');
    const after = text(OUTCOMES);
    await score();
    expect(text(OUTCOMES)).toBe(after);
    await restate(() => undefined, FIRST + 10);
    await score();
    expect(outcomes().length).toBeGreaterThan(70);
  });

  it('mends a damaged file of outcomes: every byte is kept aside, whole lines stay, lost ones are found again', async () => {
    await score();
    const whole = text(OUTCOMES);
    const lines = whole.trimEnd().split('\n');
    const damaged = [...lines.slice(0, 5), 'rubbish', ...lines.slice(6, 10), lines[0], ...lines.slice(10, 60), lines[60].slice(0, 80)].join('\n');
    writeFileSync(join(root, OUTCOMES), damaged);
    const { code, out } = await score();
    expect(code).toBe(0);
    for (const named of ['line 6: it is not JSON', 'line 11: the same line', 'line 62: it is not JSON']) expect(out).toContain(named);
    expect(text(OUTCOMES).split('\n').sort()).toEqual(whole.split('\n').sort());
    const [kept] = readdirSync(join(root, 'outputs/predictions/quarantine'));
    expect(text(`outputs/predictions/quarantine/${kept}`)).toBe(damaged);
    expect((await score()).out).not.toContain('line 6');
    // a whole last line that lost its end alone is no damage
    writeFileSync(join(root, OUTCOMES), lines.slice(0, 20).join('\n'));
    expect((await score()).out).not.toContain('quarantine');
    expect(text(OUTCOMES).split('\n').sort()).toEqual(whole.split('\n').sort());
  });

  it('names a damaged prediction, scores the others, and needs no prediction whose outcomes are written down', async () => {
    const date = dateOf(FIRST + 3);
    writeFileSync(file(date), readFileSync(file(date), 'utf8').slice(0, 300));
    writeFileSync(file(dateOf(FIRST + 4)), formatDailyPrediction({ ...predictionOf(dateOf(FIRST + 5)) }));
    const { code, out, err } = await score();
    expect(code).toBe(3);
    expect(out).toContain(`${date}.json is not a daily prediction`);
    expect(out).toContain('does not belong there');
    expect(err).toContain('Scoring failed');
    expect(scorecard().entries[0].counts).toMatchObject({ on_time: 34, missing: 1 });
    rmSync(join(root, 'outputs/predictions/daily'), { recursive: true });
    expect((await score()).code).toBe(0);
    expect(scorecard().entries[0].counts).toMatchObject({ on_time: 34, missing: 3 });
  });

  it('scores without the bundle, which then tells nothing of what to expect', async () => {
    const { out } = await score();
    const whole = text(OUTCOMES);
    const { on_time } = scorecard().entries[0];
    rmSync(join(root, 'models/production'), { recursive: true });
    await score();
    expect(text(OUTCOMES)).toBe(whole);
    expect(scorecard().entries[0]).toMatchObject({ on_time, expected: null, comparison: null });
    expect(out).not.toContain('What to expect is not known');
    rmSync(join(root, OUTCOMES));
    await score();
    expect(outcomes().map(({ label, asof_date }) => `${asof_date} ${label}`)).toEqual(parseOutcomes(whole).lines.map(({ label, asof_date }) => `${asof_date} ${label}`));
    expect(outcomes()[0]).toMatchObject({ base_proba: null, options_assumed: true });
    expect(scorecard().entries[0].on_time?.skill).toBeNull();
  });

  it.each(['meta.json', 'T3_X3'])('assumes nothing of a bundle whose %s cannot be read at the moment', async (part) => {
    const store = openFolderStore(root);
    const failing = (error: Error): ArtifactStore => ({ ...store, read: async (path, options) => (path.startsWith('models/') && path.includes(part) ? Promise.reject(error) : store.read(path, options)) });
    const asked = { nowMs: morningOf(DAYS) };
    for (const [error, code, exitCode] of [
      [Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', errno: -5, syscall: 'read' }), 'FAILED', 3],
      [new ForecastLabError('TEMPORARY', 'The store does not answer (503).'), 'TEMPORARY', 75],
    ] as const) {
      const report = await scorePredictions({ ...asked, store: failing(error) });
      expect(report.failures).toMatchObject([{ what: BUNDLE, code }]);
      expect(report.exitCode).toBe(exitCode);
      expect(report.added.filter(({ options_assumed, base_proba }) => options_assumed === true || base_proba === null)).toEqual([]);
    }
    const { failures } = await scorePredictions({ ...asked, store });
    expect(failures).toEqual([]);
    expect(outcomes().filter(({ corrects }) => corrects !== undefined)).toEqual([]);
    expect(outcomes()).toHaveLength(2 * (DAYS - FIRST - 1) - 8);
  });

  it('counts late and replaced answers apart, and leaves out unfair ones', async () => {
    const [late, replaced, unfair] = [1, 2, 3].map((day) => dateOf(FIRST + day));
    writeFileSync(file(late), formatDailyPrediction({ ...predictionOf(late), backfilled: true }));
    const store = openFolderStore(root);
    await savePrediction(store, { ...predictionOf(replaced), data_sha256: 'f'.repeat(64) }, { force: true });
    const memory = predictionOf(unfair);
    writeFileSync(file(unfair), formatDailyPrediction({ ...memory, predictions: memory.predictions.map((answer) => ({ ...answer, warnings: ['This bar was among the training rows: the answer is a memory, not a forecast.'] })) }));
    const { out } = await score();
    expect(scorecard().entries[0].counts).toMatchObject({ on_time: 34, late: 2, not_fair: 1, missing: 1 });
    expect(out).toContain('counted apart: 2 answers');
    // an answer that is put aside goes on counting as the one of its day; the one in its place is shown apart
    const other = dateOf(FIRST + 6);
    await savePrediction(store, { ...predictionOf(other), bundle_sha256: 'e'.repeat(64) }, { force: true });
    await score();
    expect(scorecard().entries.map(({ candidate, bundle_sha256, counts }) => [candidate, bundle_sha256?.[0] ?? null, counts.on_time, counts.late]).slice(0, 3)).toEqual([
      ['T3_X3', null, 34, 3],
      ['T3_X3', (predictionOf(late).bundle_sha256)[0], 34, 2],
      ['T3_X3', 'e', 0, 1],
    ]);
    // and the next runs leave it at that, whatever else is forced
    const whole = text(OUTCOMES);
    await score();
    expect(text(OUTCOMES)).toBe(whole);
    await savePrediction(store, { ...predictionOf(other), bundle_sha256: 'e'.repeat(64), data_sha256: 'd'.repeat(64) }, { force: true });
    await score();
    expect(scorecard().entries[0].counts).toMatchObject({ on_time: 34, late: 3 });
    const after = text(OUTCOMES);
    await score();
    expect(text(OUTCOMES)).toBe(after);
  });

  it('lets the first answer count whose forced replacement was killed before it was written', async () => {
    const date = dateOf(FIRST + 2);
    mkdirSync(join(root, 'outputs/predictions/daily/superseded'));
    writeFileSync(file(`${date}.${sha256Hex(readFileSync(file(date))).slice(0, 12)}`, 'superseded'), readFileSync(file(date)));
    await score();
    expect(scorecard().entries[0].counts).toMatchObject({ on_time: 36, late: 0 });
    // another one was put aside before it, so this one is the replacement
    writeFileSync(file(`${date}.${'a'.repeat(12)}`, 'superseded'), formatDailyPrediction({ ...predictionOf(date), data_sha256: 'd'.repeat(64) }));
    await score();
    expect(scorecard().entries[0].counts).toMatchObject({ on_time: 36, late: 1 });
  });

  it('keeps what was seen of an answer whose file was lost and made again later', async () => {
    await score();
    const whole = text(OUTCOMES);
    const date = dateOf(FIRST + 1);
    writeFileSync(file(date), formatDailyPrediction({ ...predictionOf(date), backfilled: true }));
    await score();
    expect(text(OUTCOMES)).toBe(whole);
    // bars that are restated correct it all the same
    await restate((bars) => {
      bars.close[FIRST + 2] = 1.3 * bars.close[FIRST + 1];
      bars.high[FIRST + 2] = bars.close[FIRST + 2];
    });
    await score();
    const lines = outcomes().filter(({ asof_date, candidate }) => asof_date === date && candidate === 'T3_X3');
    expect(lines.at(-1)).toMatchObject({ label: 1, backfilled: false, corrects: expect.stringContaining('bars were restated') as string });
    const after = text(OUTCOMES);
    await score();
    expect(text(OUTCOMES)).toBe(after);
  });

  it('reads both layouts, and shows what is asked for', async () => {
    const stored = await readStoredKlines(openFolderStore(root), { symbol: 'SAMPLEUSDT', interval: '1d' });
    await writeStoredKlines(openFolderStore(root), { symbol: 'AUSDT', interval: '1d' }, stored?.parsed.klines ?? klines, { source: 'rest' });
    mkdirSync(join(root, 'outputs/predictions/daily/AUSDT'));
    for (let day = FIRST; day < FIRST + 10; day += 1) writeFileSync(file(dateOf(day), 'AUSDT'), formatDailyPrediction({ ...predictionOf(dateOf(day)), symbol: 'AUSDT', market_seen: false, synthetic: false }));
    const { code, out } = await score(['--symbols', 'AUSDT', '--candidate', 'T5_X4', '--json']);
    expect(code).toBe(0);
    const shown = JSON.parse(out) as { entries: Scorecard['entries']; added: number };
    expect(shown.entries.map(({ symbol, candidate, counts }) => [symbol, candidate, counts.on_time])).toEqual([['AUSDT', 'T5_X4', 10]]);
    expect(shown.added).toBe(36 + 34 + 20);
    expect(scorecard().entries.filter(({ candidate }) => candidate === 'T5_X4').map(({ symbol }) => symbol)).toEqual([null, 'AUSDT', 'SAMPLEUSDT']);
    const wrong = await score(['--bundle', 'flow_other']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain(BUNDLE);
  });

  it('names a market without bars, and brings bars up to date first', async () => {
    rmSync(join(root, 'data'), { recursive: true });
    const { code, out } = await score();
    expect(code).toBe(3);
    expect(out).toContain('There are no stored klines of SAMPLEUSDT 1d');
    expect(existsSync(join(root, OUTCOMES))).toBe(false);
    cpSync(join(template, 'data'), join(root, 'data'), { recursive: true });
    await score(['--source', 'sample'], DAYS + 5);
    expect(outcomes()).toHaveLength(2 * (DAYS - FIRST - 1));
    const real = await score(['--source', 'rest', '--base-url', 'http://127.0.0.1:9'], DAYS + 5);
    expect(real.code).toBe(3);
    expect(real.out).toContain('synthetic market');
  });

  it('tells a person when live performance is worse than chance explains, and when it is over', async () => {
    const sure = { '-1': 0.001, '0': 0.001, '1': 0.998 };
    for (const name of readdirSync(join(root, 'outputs/predictions/daily'))) {
      const prediction = predictionOf(name.slice(0, 10));
      writeFileSync(file(prediction.asof_date), formatDailyPrediction({ ...prediction, predictions: prediction.predictions.map((answer) => ({ ...answer, pred_label: 1, pred_proba: sure })) }));
    }
    const { code, out, err } = await score();
    expect(code).toBe(0);
    expect(out).toContain('worse than chance explains');
    expect(err).toContain(`The live performance of T3_X3 by ${BUNDLE} is worse than its walk-forward evaluation, beyond chance.`);
    cpSync(join(template, 'outputs'), join(root, 'outputs'), { recursive: true });
    rmSync(join(root, OUTCOMES));
    expect((await score()).err).toContain('no longer worse');
  });

  it('writes nothing in a dry run, and says so of an empty folder', async () => {
    const { out } = await score(['--dry-run']);
    expect(out).toContain('70 outcomes would be added; nothing was written');
    expect([OUTCOMES, SCORECARD, 'outputs/runs', 'outputs/logs'].filter((path) => existsSync(join(root, path)))).toEqual([]);
    rmSync(join(root, 'outputs'), { recursive: true });
    rmSync(join(root, 'models'), { recursive: true });
    const empty = await score();
    expect(empty.code).toBe(0);
    expect(empty.out).toContain('There are no predictions to score.');
  });
});

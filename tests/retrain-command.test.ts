// forecastlab-train retrain over simulated weeks of the synthetic market, called in-process: due and not due, activated, declined with
// the reason, rolled back, killed and resumed, bars that were cut.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArtifactStore, openFolderStore, openModelRegistry, runProgram } from '@forecastlab/core/node';
import { type RetrainOutcome, runRetrain, trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DAY = 86_400_000;
/** A Wednesday. */
const BEGIN = Date.UTC(2019, 4, 1);
/** The morning of so many days later. */
const morning = (days: number): number => BEGIN + days * DAY + 300_000;
const roots: string[] = [];
const newRoot = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-retrain-'));
  roots.push(root);
  return root;
};
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

async function call(root: string, day: number, line: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runProgram({ ...trainProgram, argv: line.split(' '), env: {}, cwd: root, stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) }, nowMs: () => morning(day) });
  return { code, out, err };
}
async function done(root: string, day: number, line: string): Promise<Record<string, never>> {
  const { code, out, err } = await call(root, day, `${line} --json`);
  if (code !== 0) throw new Error(`exit code ${code}\n${err}`);
  return JSON.parse(out);
}
const update = (root: string, day: number): Promise<unknown> => done(root, day, 'data update --symbol SAMPLEUSDT --interval 1d --source sample');
const RETRAIN = 'retrain --policy weekly --gate-rows 84';
const historyOf = async (root: string, day: number): Promise<string[]> => ((await done(root, day, 'models history')) as unknown as { action: string; to: string }[]).map(({ action, to }) => `${action} ${to}`);
const names = (root: string): string[] => readdirSync(join(root, 'models/production')).filter((name) => existsSync(join(root, 'models/production', name, 'meta.json')));
const FIRST = 'flow_T5X4_T3X3_20190501';

let prepared = '';
beforeAll(async () => {
  prepared = newRoot();
  await update(prepared, 0);
  await done(prepared, 0, 'bundle --symbol SAMPLEUSDT --interval 1d --candidates T5_X4,T3_X3 --model logistic --window 300 --activate');
}, 60_000);
function copy(): string {
  const root = newRoot();
  cpSync(prepared, root, { recursive: true });
  return root;
}

describe('retrain', () => {
  it('does what the policy asks for: waits for the week, for the bars, activates once', async () => {
    const root = copy();
    expect(await call(root, 3, 'retrain')).toMatchObject({ code: 0, out: expect.stringContaining('The policy is fixed') });
    // Wednesday's bundle has seen Tuesday's bar: nothing before Sunday's has closed
    await update(root, 4);
    expect(await done(root, 4, RETRAIN)).toMatchObject({ status: 'not-due', challenger: null, due: { isDue: false, next: '2019-05-06T00:00:00.000Z' } });
    // Monday: due, and the bars are not there
    const waiting = await call(root, 5, RETRAIN);
    expect(waiting).toMatchObject({ code: 75, err: expect.stringContaining('not stored up to 2019-05-05') });
    expect(names(root)).toEqual([FIRST]);
    await update(root, 5);
    const dry = await done(root, 5, `${RETRAIN} --dry-run`);
    expect(dry).toMatchObject({ status: 'would-retrain', challenger: { name: 'flow_T5X4_T3X3_20190506' } });
    expect(names(root)).toEqual([FIRST]);
    const { out } = await call(root, 5, RETRAIN);
    expect(out).toContain('flow_T5X4_T3X3_20190506 is active now; before: flow_T5X4_T3X3_20190501.');
    expect(out).toMatch(/together +[\d.]+ +[\d.]+ +-0\.\d+/);
    const files = readdirSync(join(root, 'models/production'), { recursive: true }).sort();
    // the same day again, and the days after until the next Monday
    for (const day of [5, 6]) {
      if (day === 6) await update(root, 6);
      expect(await done(root, day, RETRAIN)).toMatchObject({ status: 'not-due', champion: { name: 'flow_T5X4_T3X3_20190506' } });
    }
    expect(await done(root, 6, `${RETRAIN} --force --dry-run`)).toMatchObject({ status: 'would-retrain', challenger: { name: 'flow_T5X4_T3X3_20190507' } });
    expect(readdirSync(join(root, 'models/production'), { recursive: true }).sort()).toEqual(files);
    const runs = readdirSync(join(root, 'outputs/runs/retrain')).sort().map((name) => JSON.parse(readFileSync(join(root, 'outputs/runs/retrain', name), 'utf8')) as { exit_code: number; facts: { status?: string } });
    // runs of one moment have no order
    expect(runs.map(({ exit_code, facts }) => `${exit_code} ${facts.status}`).sort()).toEqual(['0 activated', '0 not-due', '0 not-due', '0 not-due', '0 not-due', '75 undefined']);
    // three missed weeks make one challenger
    await update(root, 26);
    expect((await done(root, 26, RETRAIN)) as { challenger?: unknown }).toMatchObject({ challenger: { name: 'flow_T5X4_T3X3_20190527', isTrained: true } });
    expect(names(root)).toHaveLength(3);
  }, 60_000);

  it('declines a worse challenger with the reason, and does not ask again until the next week', async () => {
    const root = copy();
    await update(root, 5);
    const worse = '--params {"C":10} --window 60';
    const { code, out } = await call(root, 5, `${RETRAIN} ${worse}`);
    expect(code).toBe(0);
    expect(out).toContain(`${FIRST} stays active; flow_T5X4_T3X3_20190506 is kept.`);
    const [, decline] = (await done(root, 5, 'models history')) as unknown as { action: string; from: string; to: string; why: string }[];
    expect(decline).toMatchObject({ action: 'decline', from: FIRST, to: 'flow_T5X4_T3X3_20190506' });
    expect(decline.why).toMatch(/^retrained \(weekly\), worse than flow_T5X4_T3X3_20190501: log loss [\d.]+ against [\d.]+ on the rows of 84 bars from .* \(difference \+[\d.]+, .*; allowed \+0\.0000\), the champion 5 bars older; skill/);
    expect((await call(root, 5, 'models history')).out).toContain(`${FIRST} stays`);
    expect(await done(root, 5, RETRAIN)).toMatchObject({ status: 'not-due', declinesInARow: 1 });
    expect(await done(root, 5, `${RETRAIN} --force ${worse}`)).toMatchObject({ status: 'judged-before' });
    // the champion's own recipe on the same day is another bundle: a name of its own
    const own = await done(root, 5, `${RETRAIN} --force`);
    expect(own).toMatchObject({ status: 'activated', challenger: { name: expect.stringMatching(/^flow_T5X4_T3X3_20190506_[0-9a-f]{8}$/) as string } });
    expect(await done(root, 5, `${RETRAIN} --force`)).toMatchObject({ status: 'judged-before' });
    // back, over the decline, and the bundle that was left is not taken up again
    expect(await done(root, 5, 'models rollback --why worse')).toMatchObject({ to: FIRST });
    expect(await done(root, 5, RETRAIN)).toMatchObject({ status: 'not-due' });
    expect(await done(root, 5, `${RETRAIN} --force`)).toMatchObject({ status: 'judged-before', champion: { name: FIRST } });
    expect(await historyOf(root, 5)).toEqual([`activate ${FIRST}`, 'decline flow_T5X4_T3X3_20190506', `activate ${(own as unknown as { challenger: { name: string } }).challenger.name}`, `rollback ${FIRST}`]);
    // nor is the next day's, nearly the same: a daily policy holds back for a week of bars
    await update(root, 6);
    expect(await done(root, 6, 'retrain --policy daily --gate-rows 84')).toMatchObject({ status: 'not-due', due: { reason: expect.stringContaining('rolled back to on 2019-05-06') as string, next: '2019-05-13T00:00:00.000Z' } });
    expect(await done(root, 6, 'retrain --policy daily --gate-rows 84 --force --dry-run')).toMatchObject({ status: 'would-retrain' });
    // the next week's is new, and may be active
    await update(root, 12);
    expect(await done(root, 12, `${RETRAIN} --margin 1`)).toMatchObject({ status: 'activated', challenger: { name: 'flow_T5X4_T3X3_20190513' } });
    // of the declined one nobody needs, --keep 0 leaves nothing; those that were active stay
    expect(readdirSync(join(root, 'outputs/retrain/begun'))).toContain('flow_T5X4_T3X3_20190506.json');
    await update(root, 19);
    expect(await done(root, 19, `${RETRAIN} --margin 1 --keep 0`)).toMatchObject({ removed: ['flow_T5X4_T3X3_20190506'] });
    expect(names(root)).toHaveLength(4);
  }, 60_000);

  it('judges a declined challenger again where a person asks for another margin, once', async () => {
    const root = copy();
    await update(root, 5);
    const worse = '--params {"C":10} --window 60';
    expect(await done(root, 5, `${RETRAIN} ${worse}`)).toMatchObject({ status: 'declined' });
    expect(await done(root, 5, `${RETRAIN} ${worse} --margin 5`)).toMatchObject({ status: 'not-due' });
    expect(await done(root, 5, `${RETRAIN} ${worse} --force --margin 0.00001`)).toMatchObject({ status: 'declined', declinesInARow: 1, challenger: { isTrained: false } });
    expect(await done(root, 5, `${RETRAIN} ${worse} --force --margin 0.00001`)).toMatchObject({ status: 'judged-before' });
    expect(await done(root, 5, `${RETRAIN} ${worse} --force --margin 10`)).toMatchObject({ status: 'activated', challenger: { name: 'flow_T5X4_T3X3_20190506' } });
    expect(await done(root, 5, `${RETRAIN} ${worse} --force --margin 6`)).toMatchObject({ status: 'judged-before' });
  }, 60_000);

  it('waits for another retraining that has been in one fit for minutes, and tells bars that stay away', async () => {
    const root = copy();
    await update(root, 5);
    const lock = join(root, 'outputs/retrain/run.lock');
    mkdirSync(lock, { recursive: true });
    const secondsAgo = (seconds: number): void => utimesSync(lock, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
    secondsAgo(600);
    expect(await call(root, 5, RETRAIN)).toMatchObject({ code: 75, err: expect.stringContaining('Another process') });
    secondsAgo(1200);
    expect(await done(root, 5, `${RETRAIN} --margin 1`)).toMatchObject({ status: 'activated' });
    const openAlerts = (): readonly string[] => Object.keys((JSON.parse(readFileSync(join(root, 'outputs/alerts/state.json'), 'utf8')) as { open: object }).open);
    // Monday's bars are not there on Monday, and on Thursday neither
    expect((await call(root, 12, RETRAIN)).code).toBe(75);
    expect(await call(root, 15, RETRAIN)).toMatchObject({ code: 75, err: expect.stringContaining('waits for bars that do not come') });
    expect(openAlerts()).toContain('retrain-overdue');
    await update(root, 15);
    expect(await done(root, 15, `${RETRAIN} --margin 1`)).toMatchObject({ status: 'activated' });
    expect(openAlerts()).not.toContain('retrain-overdue');
  }, 60_000);

  it('trains on no bars that were cut or changed, and raises that', async () => {
    const root = copy();
    await update(root, 5);
    const file = join(root, 'data/raw', readdirSync(join(root, 'data/raw')).find((name) => name.endsWith('.csv')) ?? '');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const write = (kept: readonly string[]): void => writeFileSync(file, `${kept.join('\n')}\n`);
    write([lines[0], ...lines.slice(50)]);
    expect(await call(root, 5, RETRAIN)).toMatchObject({ code: 1, err: expect.stringContaining('of that span 436 are there now, from 2018-02-19 on') });
    const addTrade = (cell: string, at: number): string => (at === 9 ? String(Number(cell) + 1) : cell);
    write(lines.map((line, i) => (i === 100 ? line.split(',').map(addTrade).join(',') : line)));
    expect(await call(root, 5, RETRAIN)).toMatchObject({ code: 1, err: expect.stringContaining('the file is not as it was stored') });
    expect(names(root)).toEqual([FIRST]);
    write(lines);
    expect(await done(root, 5, `${RETRAIN} --margin 1`)).toMatchObject({ status: 'activated' });
  }, 60_000);

  it('takes a stand-in for an active bundle that is damaged, says so, and mends what it can', async () => {
    const root = copy();
    await update(root, 5);
    expect(await done(root, 5, `${RETRAIN} --margin 1`)).toMatchObject({ status: 'activated' });
    writeFileSync(join(root, 'models/production/flow_T5X4_T3X3_20190506/model_T5_X4.json'), '{}');
    await update(root, 12);
    expect(await done(root, 12, `${RETRAIN} --dry-run`)).toMatchObject({ champion: { name: FIRST }, standsInFor: 'flow_T5X4_T3X3_20190506' });
    writeFileSync(join(root, 'models/production/active.json'), '{"depl');
    const outcome = await done(root, 12, `${RETRAIN} --margin 1`);
    expect(outcome).toMatchObject({ status: 'activated', champion: { name: FIRST }, standsInFor: null, fallback: expect.stringMatching(/active\.json cannot be used.*model_T5_X4/) as string, challenger: { name: 'flow_T5X4_T3X3_20190513' } });
    expect(existsSync(join(root, 'models/production/active.json'))).toBe(true);
    expect(await historyOf(root, 12)).toEqual([`activate ${FIRST}`, 'activate flow_T5X4_T3X3_20190506', 'activate flow_T5X4_T3X3_20190513']);
    expect(await call(newRoot(), 5, RETRAIN)).toMatchObject({ code: 2, err: expect.stringContaining('bundle --activate') });
  }, 60_000);
});

describe('a retraining killed at any write', () => {
  it('is completed by the next run: trained once where it was published, decided once', async () => {
    const base = copy();
    await done(base, 0, 'bundle --symbol SAMPLEUSDT --interval 1d --candidates T3_X3 --model prior --activate');
    await update(base, 5);
    const [FIRST, NEXT] = ['flow_T3X3_20190501', 'flow_T3X3_20190506'];
    const run = (root: string, store: ArtifactStore): Promise<RetrainOutcome> =>
      runRetrain({
        store, policy: 'weekly', gateRows: 84, margin: 1, changes: {}, code: { gitCommit: null, versions: { forecastlab: '1.0.0', node: '20.0.0', dependencies: {} } }, lock: { waitMs: 20_000, staleMs: 2000 },
        context: { store: root, cwd: root, nowMs: () => morning(5), log: () => undefined, signal: new AbortController().signal },
      });
    let published = 0;
    // dying after a write leaves the same as dying before the next
    for (let killAt = 1; ; killAt += 1) {
        const root = newRoot();
        cpSync(base, root, { recursive: true });
        const { store, writes } = dyingStore(openFolderStore(root), killAt);
        const first = await run(root, store).catch((error: unknown) => error);
        const isPublished = existsSync(join(root, 'models/production', NEXT, 'meta.json'));
        const second = await run(root, openFolderStore(root));
        if (first instanceof Error && isPublished) {
          published += 1;
          expect([undefined, false]).toContain(second.challenger?.isTrained);
        }
        expect(['activated', 'not-due', 'judged-before']).toContain(second.status);
        const registry = openModelRegistry(openFolderStore(root));
        expect((await registry.loadUsable())?.bundle.meta.deployName).toBe(NEXT);
        expect((await registry.history()).map(({ action, to }) => `${action} ${to}`)).toEqual(['activate flow_T5X4_T3X3_20190501', `activate ${FIRST}`, `activate ${NEXT}`]);
        rmSync(root, { recursive: true });
        if (writes() < killAt) break;
    }
    expect(published).toBeGreaterThan(2);
  }, 120_000);
});

/** A store whose process dies at its k-th write: that one and whatever is written later fails. */
function dyingStore(store: ArtifactStore, killAt: number): { readonly store: ArtifactStore; writes(): number } {
  let count = 0;
  const write = async (work: () => Promise<void>): Promise<void> => {
    count += 1;
    if (count >= killAt) throw new Error('killed');
    await work();
  };
  return {
    writes: () => count,
    store: {
      ...store,
      createOnly: (...args) => write(() => store.createOnly(...args)),
      replace: (...args) => write(() => store.replace(...args)),
      append: (...args) => write(() => store.append(...args)),
      remove: (...args) => write(() => store.remove(...args)),
    },
  };
}

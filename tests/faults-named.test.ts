// Faults that have a name: a full disk, a read-only folder, a clock that is wrong, a damaged file. Each is told with the file that it is about,
// nothing is lost, and once it is over the run gives what an undisturbed one gives.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@forecastlab/core';
import { predictProgram } from '@forecastlab/predict';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callProgram, type CallOptions, type Told } from './support/call-program.js';
import { filesUnder } from './support/commands.js';
import { DAMAGES, damageFile } from './support/damage-file.js';
import { fastFolder } from './support/fast-folder.js';
import { activateBundle, morningOf, storeSample } from './support/sample-workspace.js';

const DAYS = 170;
const DAY_MS = 86_400_000;
const [FIRST, SECOND] = ['flow_T5X4_T3X3_20240601', 'flow_T5X4_T3X3_20240610'];
const DAILY = 'outputs/predictions/daily';
const TODAY = `${DAILY}/2024-06-18.json`;
let folder: string;
let template: string;
let wanted: string;
let root: string;
const run = (options: Partial<CallOptions> = {}, words = 'run'): Promise<Told> => callProgram(predictProgram, words, { root, nowMs: morningOf(DAYS), ...options });
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const alerts = (): string => readdirSync(join(root, 'outputs/alerts'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl')).map((name) => read(`outputs/alerts/${name}`)).join('');

beforeAll(async () => {
  folder = fastFolder('named');
  template = join(folder, 'template');
  mkdirSync(template);
  const klines = await storeSample(template, DAYS);
  await activateBundle(template, klines, { name: FIRST, trainDays: DAYS - 10 });
  await activateBundle(template, klines, { name: SECOND, trainDays: DAYS - 1, seed: 43 });
  root = join(folder, 'undisturbed');
  cpSync(template, root, { recursive: true });
  await run();
  wanted = read(TODAY);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
beforeEach(() => {
  root = join(folder, String((count += 1)));
  cpSync(template, root, { recursive: true });
  return () => rmSync(root, { recursive: true, force: true });
});

describe('a disk', () => {
  it('that is full: named, nothing half, and done once there is room', async () => {
    const told = await run({ fault: { failAt: 1, mode: 'full', code: 'ENOSPC' } });
    expect(told.code).toBe(1);
    expect(told.err).toMatch(/error: .*(outputs|data|models).* cannot be used: no space is left on the disk \(ENOSPC\)\.\nhint: Free some space/);
    expect((await run()).code).toBe(0);
    expect(read(TODAY)).toBe(wanted);
  });

  const canMount = process.getuid?.() === 0 && process.platform === 'linux' && tryMount();
  if (!canMount) process.stderr.write('skipped: a disk that is really full or read-only (needs root, and the right to mount)\n');
  it.skipIf(!canMount)('that really is full, and one that is read-only', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    try {
      root = join(disk, 'root');
      cpSync(template, root, { recursive: true });
      const before = filesUnder(root);
      for (let size = 1 << 20; size >= 1; size >>= 1) fill(join(disk, 'filler'), size);
      const full = await run();
      expect([full.code, full.err]).toEqual([1, expect.stringMatching(/cannot be used: no space is left on the disk \(ENOSPC\)/)]);
      expect(filesUnder(root)).toMatchObject(before);
      rmSync(join(disk, 'filler'));
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      const readOnly = await run();
      expect([readOnly.code, readOnly.err]).toEqual([1, expect.stringMatching(/cannot be used: .*read-only/)]);
      execFileSync('mount', ['-o', 'remount,rw', disk]);
      expect((await run()).code).toBe(0);
      expect(read(TODAY)).toBe(wanted);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

function tryMount(): boolean {
  const probe = fastFolder('mount');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

/** Until nothing more fits. */
function fill(file: string, size: number): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(size));
  } catch {
    // full
  }
}

describe('a clock', () => {
  it('a day behind: yesterday is answered, never from a bar that is still open; a year ahead: stale, exit 75, and no answer', async () => {
    expect((await run({ nowMs: morningOf(DAYS) - DAY_MS })).code).toBe(0);
    expect(readdirSync(join(root, DAILY))).not.toContain('2024-06-18.json');
    expect(await run({ nowMs: morningOf(DAYS) + 365 * DAY_MS })).toMatchObject({ code: 75, err: expect.stringContaining('a later day has closed since') });
    expect(readdirSync(join(root, DAILY)).sort().at(-1)).toBe('2024-06-17.json');
    expect((await run()).code).toBe(0);
    expect(read(TODAY)).toBe(wanted);
  });

  it('that jumps back during a run changes nothing in the answer', async () => {
    let looks = 0;
    expect((await run({ nowMs: () => morningOf(DAYS) - ((looks += 1) > 1 ? 5 * 3_600_000 : 0) })).code).toBe(0);
    expect(read(TODAY)).toBe(wanted);
  });
});

describe.each(DAMAGES)('%s:', (damage) => {
  const random = createRandom(7);

  it('the prediction of the day comes back, the same bytes, and what lay there is kept', async () => {
    await run();
    damageFile(join(root, TODAY), damage, random);
    const told = await run();
    expect(told.code).toBe(0);
    expect(read(TODAY)).toBe(wanted);
    if (damage !== 'missing') {
      expect(readdirSync(join(root, 'outputs/predictions/quarantine'), { recursive: true }).length).toBeGreaterThan(0);
      expect(alerts()).toContain('corrupt-prediction');
    }
  });

  it('the pointer: what the history says holds, and an alert names it', async () => {
    damageFile(join(root, 'models/production/active.json'), damage, random);
    expect((await run()).code).toBe(0);
    // a bit of the checksum that it keeps of its bundle speaks against that bundle; some bits carry nothing
    const said = alerts();
    expect((JSON.parse(read(TODAY)) as { deploy_name: string }).deploy_name).toBe(said.includes(`bundle-fallback:${SECOND}`) ? FIRST : SECOND);
    if (read(TODAY) !== wanted) expect(said).toContain('bundle-fallback:');
  });

  it.each(['meta.json', 'model_T5_X4.json', 'model_T3_X3.json'])('%s of the active bundle: the one before answers, and an alert names the bundle', async (file) => {
    damageFile(join(root, 'models/production', SECOND, file), damage, random);
    expect((await run()).code).toBe(0);
    expect(JSON.parse(read(TODAY))).toMatchObject({ deploy_name: FIRST, warnings: expect.arrayContaining([expect.stringContaining(`The active bundle ${SECOND} failed its checks`)]) as unknown });
    expect(alerts()).toContain(`bundle-fallback:${SECOND}`);
  });

  it('the klines: refused by name, or fetched again, and the prediction is right in the end', async () => {
    const file = join(root, 'data/raw/sample_SAMPLEUSDT_1d.csv');
    const whole = damageFile(file, damage, random);
    const told = await run();
    if (told.code !== 0) expect(told.err).toContain('sample_SAMPLEUSDT_1d.csv');
    else expect(read(TODAY)).not.toBe('');
    rmSync(join(root, 'outputs'), { recursive: true, force: true });
    writeFileSync(file, whole);
    expect((await run()).code).toBe(0);
    expect(read(TODAY)).toBe(wanted);
  });

  it('the manifest of the klines: named, or not needed', async () => {
    const file = join(root, 'data/raw/sample_SAMPLEUSDT_1d.manifest.json');
    const whole = damageFile(file, damage, random);
    const told = await run();
    if (told.code !== 0) expect(told.err).toContain('manifest.json');
    writeFileSync(file, whole);
    expect((await run()).code).toBe(0);
    expect(JSON.parse(read(TODAY))).toMatchObject({ deploy_name: SECOND });
  });

  it('the history of promotions, or a run record: today\'s answer does not need them', async () => {
    await run();
    rmSync(join(root, TODAY));
    const [record] = readdirSync(join(root, 'outputs/runs/predict'));
    damageFile(join(root, 'outputs/runs/predict', record as string), damage, random);
    damageFile(join(root, 'models/production/promotions.jsonl'), damage, random);
    expect((await run()).code).toBe(0);
    expect(read(TODAY)).toBe(wanted);
  });
});

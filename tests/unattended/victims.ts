// Which file of a machine gets damaged, and what a person does about it once told.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { damageFile } from '../support/damage-file.js';
import type { DayPlan, Victim } from './day-plan.js';
import { dateOf, DAY_MS, type Machine } from './machine.js';
import type { World } from './world.js';

export interface Wound {
  readonly victim: Victim;
  readonly path: string;
  /** False for what nobody can notice: a file that is gone like one that never was. */
  readonly mustBeTold: boolean;
  /** True when it is whole again. */
  isMended(): boolean;
  /** How a person mends it, as the messages say. */
  heal(): Promise<void>;
}

const REGISTRY = 'models/production';

/** Damages the file of the plan; undefined where there is none yet. */
export function wound({ victim, damage }: NonNullable<DayPlan['damage']>, world: World): Wound | undefined {
  const { machine, twin, judge, random } = world;
  const found = fileOf(victim, world);
  if (found === undefined || !existsSync(machine.path(found.path)) || readFileSync(machine.path(found.path)).length === 0) return undefined;
  if (found.date !== undefined) judge.expectDamage(found.date);
  const whole = damageFile(machine.path(found.path), damage, random);
  const damaged = damage === 'missing' ? undefined : readFileSync(machine.path(found.path));
  const restore = async (): Promise<void> => {
    mkdirSync(dirname(machine.path(found.path)), { recursive: true });
    writeFileSync(machine.path(found.path), whole);
  };
  // what is fetched now the twin sees too
  const repair = async (): Promise<void> => {
    const told = await machine.update({ repair: true });
    if (told.code !== 0) world.problem(`the klines cannot be mended as told: ${told.err}`);
    await twin.fetch();
  };
  const healers: Readonly<Partial<Record<Victim, () => Promise<void>>>> = {
    klines: repair,
    manifest: repair,
    // a bundle comes back from wherever it was published from
    bundle: async () => cpSync(twin.path(REGISTRY, found.bundle as string), machine.path(REGISTRY, found.bundle as string), { recursive: true }),
    pointer: async () => {
      rmSync(machine.path(found.path), { force: true });
      const told = await machine.train(`models activate ${(JSON.parse(whole.toString()) as { deploy_name: string }).deploy_name}`);
      judge.active = machine.activeBundle() ?? judge.active;
      if (told.code !== 0) world.problem(`the pointer cannot be mended as told: ${told.err}`);
    },
  };
  return {
    victim,
    path: found.path,
    heal: healers[victim] ?? restore,
    // a record of a run is read when its prediction must be made again
    mustBeTold: victim !== 'run-record' && !(damage === 'missing' && (victim === 'outcomes' || victim === 'promotions')),
    // a promotion that came since has written another
    isMended: () => (victim === 'pointer' && isReplaced(machine.path(found.path), damaged)) || (found.date === undefined ? isWhole(machine, found.path, whole) : judge.kept.has(found.date)),
  };
}

/** The bytes of before, or others that came in their place with their beginning whole; a series has grown. */
function isWhole(machine: Machine, path: string, whole: Buffer): boolean {
  const file = machine.path(path);
  if (!existsSync(file)) return false;
  const now = readFileSync(file);
  if (path.endsWith('.manifest.json')) return now.length > 0 && isJson(now.toString());
  return now.subarray(0, whole.length).equals(whole) || (path.endsWith('outcomes.jsonl') && now.toString().trimEnd().split('\n').every(isJson));
}

function isReplaced(file: string, damaged: Buffer | undefined): boolean {
  if (!existsSync(file)) return false;
  const now = readFileSync(file);
  return damaged?.equals(now) !== true && isJson(now.toString());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function fileOf(victim: Victim, { machine, random, exchange }: World): { readonly path: string; readonly date?: string; readonly bundle?: string } | undefined {
  const nowMs = exchange.nowMs();
  const daily = (date: string): { path: string; date: string } => ({ path: `outputs/predictions/daily/${date}.json`, date });
  switch (victim) {
    case 'prediction':
      return daily(dateOf(nowMs - 2 * DAY_MS));
    case 'old-prediction':
      return daily(dateOf(nowMs - (3 + random.integer(4)) * DAY_MS));
    case 'pointer':
      return { path: `${REGISTRY}/active.json` };
    case 'promotions':
      return { path: `${REGISTRY}/promotions.jsonl` };
    case 'bundle': {
      const bundle = machine.activeBundle();
      if (bundle === undefined) return undefined;
      const files = readdirSync(machine.path(REGISTRY, bundle)).filter((name) => !name.startsWith('.'));
      return { path: `${REGISTRY}/${bundle}/${files[random.integer(files.length)]}`, bundle };
    }
    case 'run-record': {
      const folder = 'outputs/runs/predict';
      const newest = existsSync(machine.path(folder)) ? readdirSync(machine.path(folder)).filter((name) => name.endsWith('.json')).sort().at(-1) : undefined;
      return newest === undefined ? undefined : { path: `${folder}/${newest}` };
    }
    case 'outcomes':
      return { path: 'outputs/predictions/outcomes.jsonl' };
    case 'klines':
      return { path: 'data/raw/binance_BTCUSDT_1d.csv' };
    case 'manifest':
      return { path: 'data/raw/binance_BTCUSDT_1d.manifest.json' };
  }
}

// Which file of a machine gets damaged, and what a person does about it once told.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from '@forecastlab/core';
import { damageFile } from '../support/damage-file.js';
import type { DayPlan, Victim } from './day-plan.js';
import type { Judge } from './judge.js';
import { dateOf, DAY_MS, type Machine } from './machine.js';
import type { Twin } from './twin.js';

export interface Wound {
  readonly victim: Victim;
  readonly path: string;
  /** How a person mends it, as the messages say. */
  heal(): Promise<void>;
}

export interface Place {
  readonly machine: Machine;
  readonly twin: Twin;
  readonly judge: Judge;
  readonly random: Random;
  readonly nowMs: number;
}

const REGISTRY = 'models/production';

/** Damages the file of the plan; undefined where there is none yet. */
export function wound({ victim, damage }: NonNullable<DayPlan['damage']>, place: Place): Wound | undefined {
  const { machine, twin, judge, random, nowMs } = place;
  const found = fileOf(victim, place);
  if (found === undefined || !existsSync(machine.path(found.path)) || readFileSync(machine.path(found.path)).length === 0) return undefined;
  if (found.date !== undefined) judge.expectDamage(found.date);
  const whole = damageFile(machine.path(found.path), damage, random);
  const restore = async (): Promise<void> => {
    mkdirSync(dirname(machine.path(found.path)), { recursive: true });
    writeFileSync(machine.path(found.path), whole);
  };
  const healers: Readonly<Partial<Record<Victim, () => Promise<void>>>> = {
    klines: async () => void (await machine.update({ repair: true })),
    manifest: async () => void (await machine.update({ repair: true })),
    // a bundle comes back from wherever it was published from
    bundle: async () => cpSync(twin.path(REGISTRY, found.bundle as string), machine.path(REGISTRY, found.bundle as string), { recursive: true }),
    pointer: async () => {
      rmSync(machine.path(found.path), { force: true });
      const told = await machine.train(`models activate ${(JSON.parse(whole.toString()) as { deploy_name: string }).deploy_name}`);
      if (told.code !== 0) judge.problems.push(`${dateOf(nowMs)}: the pointer cannot be mended as told: ${told.err}`);
    },
  };
  return { victim, path: found.path, heal: healers[victim] ?? restore };
}

function fileOf(victim: Victim, { machine, random, nowMs }: Place): { readonly path: string; readonly date?: string; readonly bundle?: string } | undefined {
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
      const bundle = activeBundle(machine);
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

/** Undefined when the pointer is damaged. */
export function activeBundle(machine: Machine): string | undefined {
  try {
    return (JSON.parse(readFileSync(machine.path(REGISTRY, 'active.json'), 'utf8')) as { deploy_name: string }).deploy_name;
  } catch {
    return undefined;
  }
}

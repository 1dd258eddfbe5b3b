// Damage of files as it is done, told and mended: by the programs themselves, or by a person who read what they said.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Told } from '../support/call-program.js';
import type { DayPlan } from './day-plan.js';
import { wound } from './victims.js';
import type { World } from './world.js';

/** Damages the file of the plan, where there is one. */
export function hurt(world: World, damage: NonNullable<DayPlan['damage']>): void {
  const done = wound(damage, world);
  if (done === undefined) return;
  world.wounds.push(done);
  world.said = [];
  world.summary.count(`${damage.victim}: ${damage.damage}`);
  world.log(`  ${done.path} ${damage.damage}`);
}

/** A run that failed for good: what it says is done, where it names the damaged file. */
export async function actOn(world: World, told: Told): Promise<void> {
  for (const one of world.wounds.filter(({ path }) => told.err.includes(path))) {
    world.log(`  a person mends ${one.path}, as the error names it`);
    await one.heal();
    world.summary.recover(`mended by a person: ${one.victim}`);
    world.wounds = world.wounds.filter((other) => other !== one);
  }
}

/** A day later: every damage was mended by the programs or told to somebody, who mends it now. */
export async function mendAll(world: World): Promise<void> {
  const { summary, log } = world;
  for (const one of world.wounds) {
    if (one.isMended()) {
      summary.recover(`mended by itself: ${one.victim}`);
      continue;
    }
    if (one.mustBeTold && !isTold(world, one.path)) world.problem(`${one.path} is damaged, and nobody was told`);
    log(`  a person mends ${one.path}`);
    await one.heal();
    summary.recover(`mended by a person: ${one.victim}`);
  }
  world.wounds = [];
}

/** Whether an alert, a command or a log has named the file. */
function isTold({ said, sink, machine }: World, path: string): boolean {
  const name = basename(path);
  const logs = machine.path('outputs/logs');
  const written = existsSync(logs) ? readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8')) : [];
  return [...said, ...sink.heard.map(({ title, text }) => `${title} ${text ?? ''}`), ...written].some((text) => text.includes(name));
}

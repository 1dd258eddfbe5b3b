// What disks, editors and crashes do to a file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Random } from '@forecastlab/core';

export const DAMAGES = ['flipped', 'cut', 'empty', 'missing'] as const;

/** `flipped`: one bit is another. `cut`: the end is missing. */
export type Damage = (typeof DAMAGES)[number];

/** Damages the file `path`; `random` chooses the place. Gives the bytes as they were. */
export function damageFile(path: string, damage: Damage, random: Random): Buffer {
  const whole = readFileSync(path);
  const at = random.integer(whole.length);
  if (damage === 'missing') rmSync(path);
  else if (damage === 'empty') writeFileSync(path, '');
  else if (damage === 'cut') writeFileSync(path, whole.subarray(0, at));
  else {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] as number) ^ (1 << random.integer(8));
    writeFileSync(path, flipped);
  }
  return whole;
}

// One more line in an object: read, add, and write only over what was read; again when somebody else was faster.
// The object carries the marks of its newest lines, so a line whose answer was lost is found again even below those of others.
import { ForecastLabError } from '../../../errors.js';
import type { Sleep } from '../../http/sleep.js';
import { checkLine, withLine } from '../json-line.js';
import { type GcsObjects, newWriteId, NO_OBJECT } from './gcs-objects.js';

/** One object takes one write in a second, so within the longest wait for an answer no more are added. Metadata may have 8 kB. */
const MARKS_KEPT = 64;
const ROUNDS = 50;
const LONGEST_WAIT_MS = 2000;

/** Throws BAD_OPTION for what is no line, TEMPORARY when others write without end. */
export async function appendToObject(objects: GcsObjects, name: string, line: string, { place, sleep, random }: { readonly place: string; readonly sleep: Sleep; readonly random: () => number }): Promise<void> {
  checkLine(line);
  const writeId = newWriteId();
  for (let round = 0; round < ROUNDS; round += 1) {
    const facts = await objects.stat(name);
    if (facts?.writes.includes(writeId) === true) return;
    const there = facts === undefined ? { bytes: new Uint8Array(), generation: NO_OBJECT } : await objects.get(name, { generation: facts.generation });
    // Undefined: replaced between the two looks.
    if (there !== undefined) {
      const written = await objects.put(name, withLine(there.bytes, line), { ifGeneration: there.generation, writeId, earlierWrites: facts?.writes.slice(0, MARKS_KEPT - 1) ?? [] });
      if (written !== undefined) return;
    }
    await sleep(random() * Math.min(LONGEST_WAIT_MS, 50 * 2 ** round));
  }
  throw new ForecastLabError('TEMPORARY', `${place} is written by too many at once.`, { hint: 'Try again later.', details: { file: place } });
}

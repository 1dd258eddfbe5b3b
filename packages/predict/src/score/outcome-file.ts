// outputs/predictions/outcomes.jsonl: lines are added, never changed. The new lines of a run are written in one piece, so a killed run has
// added all of them or none. A file with damaged lines is kept aside, byte for byte, and its whole lines are written anew.
import { createHash } from 'node:crypto';
import { formatOutcomeLine, type OutcomeLine, parseOutcomes } from '@forecastlab/core';
import { type ArtifactStore, createOrCompare } from '@forecastlab/core/node';
import { OUTCOMES_FILE, quarantinedOutcomes } from './score-paths.js';

/** The file as it is, and what is wrong with it. */
export interface OutcomeFile {
  readonly lines: readonly OutcomeLine[];
  /** As sentences; empty for a file that is whole. */
  readonly damage: readonly string[];
  /** Adds lines, mending what is damaged. Throws CONFLICT when another run wrote meanwhile. */
  add(lines: readonly OutcomeLine[]): Promise<void>;
}

/** More damage than this is counted, not told line by line. */
const MOST_TOLD = 5;

/** Reads the outcomes that are known; none where there is no file. */
export async function readOutcomeFile(store: ArtifactStore): Promise<OutcomeFile> {
  const found = await store.readVersioned(OUTCOMES_FILE);
  const bytes = found?.bytes ?? new Uint8Array(0);
  const { lines, damaged } = parseOutcomes(new TextDecoder().decode(bytes));
  const isCut = bytes.length > 0 && bytes[bytes.length - 1] !== NEWLINE;
  const place = store.describe(OUTCOMES_FILE);
  const told = damaged.slice(0, MOST_TOLD).map(({ row, reason }) => `${place}, line ${row}: ${reason}.`);
  const rest = damaged.length > MOST_TOLD ? [`${place}: ${damaged.length - MOST_TOLD} more lines are damaged.`] : [];
  const write = (text: string): Promise<void> => store.replace(OUTCOMES_FILE, new TextEncoder().encode(text), { ifMatch: found?.version ?? null });
  const textOf = (added: readonly OutcomeLine[]): string => added.map((line) => `${formatOutcomeLine(line)}\n`).join('');
  return {
    lines,
    damage: [...told, ...rest],
    async add(added) {
      if (damaged.length > 0) {
        await createOrCompare(store, quarantinedOutcomes(createHash('sha256').update(bytes).digest('hex')), bytes);
        return write(textOf([...lines, ...added]));
      }
      if (added.length === 0) return;
      const addition = new TextEncoder().encode(`${isCut ? '\n' : ''}${textOf(added)}`);
      const whole = new Uint8Array(bytes.length + addition.length);
      whole.set(bytes);
      whole.set(addition, bytes.length);
      await store.replace(OUTCOMES_FILE, whole, { ifMatch: found?.version ?? null });
    },
  };
}

const NEWLINE = 10;

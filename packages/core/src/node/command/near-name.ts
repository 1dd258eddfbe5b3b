// "Did you mean …?" for names that are not known.
import { distance } from 'fastest-levenshtein';

/** Farther than this a name is another name, not a slip of the finger. */
const MAX_EDITS = 3;

/** The known name nearest to `name`, or undefined when none is near. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestEdits = Math.min(MAX_EDITS, Math.floor(name.length / 2)) + 1;
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < bestEdits) [best, bestEdits] = [candidate, edits];
  }
  return best;
}

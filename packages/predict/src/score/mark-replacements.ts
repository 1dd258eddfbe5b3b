// Which answer of a day is its first one, where others took its place: the first goes on counting as made on its day, so that forcing
// another one takes no lost day out of the record.
import type { StoredPrediction } from './prediction-files.js';

/**
 * The answers that lie in their places, and the first of each day that was put aside, which they are marked against. Answers in between count nowhere.
 * A copy under superseded/ of what lies in its place is a forcing that was killed half-way: that answer is still the first.
 * @param current those in their places
 * @param aside those under superseded/
 * @param isKnown true for the sha256 of an answer that was written down as the first of its day
 */
export function markReplacements(current: readonly StoredPrediction[], aside: readonly StoredPrediction[], isKnown: (sha256: string) => boolean): StoredPrediction[] {
  const firsts = new Map<string, StoredPrediction>();
  const shas = new Set(current.map(({ sha256 }) => sha256));
  for (const stored of aside) {
    const key = dayOf(stored);
    const before = firsts.get(key);
    if (!shas.has(stored.sha256) && (before === undefined || rank(stored, isKnown) > rank(before, isKnown))) firsts.set(key, stored);
  }
  return [...current.map((stored) => ({ ...stored, isReplacement: firsts.has(dayOf(stored)) })), ...firsts.values()];
}

/** Several were put aside: the first is the one that was scored as such, else one that was made on its day. */
function rank({ sha256, prediction }: StoredPrediction, isKnown: (sha256: string) => boolean): number {
  return (isKnown(sha256) ? 2 : 0) + (prediction.backfilled === true ? 0 : 1);
}

const dayOf = ({ prediction: { symbol, interval, asof_date } }: StoredPrediction): string => `${symbol} ${interval} ${asof_date}`;

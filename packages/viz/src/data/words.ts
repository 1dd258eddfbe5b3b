// Numbers in plain words: what a label means, percentages, dates. One wording for page, charts and files.
import type { CandidateHistory, Label } from './dashboard-data.js';

type Barrier = Pick<CandidateHistory, 'X' | 'V'>;
type Question = Barrier & Pick<CandidateHistory, 'T'>;

const PRICE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 7 });
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** The move of a candidate: `8.5 %`, `1.5 expected moves`, or both where the day's barrier is known: `8.3 % (1.5 expected moves)`. */
export function moveInWords({ X, V }: Barrier): string {
  if (V === undefined) return `${Number(((X ?? Number.NaN) * 100).toPrecision(12))} %`;
  const moves = V === 1 ? 'the expected move' : `${V} expected moves`;
  return X === undefined ? moves : `${(100 * X).toFixed(1)} % (${moves})`;
}

/** The question of a candidate: "Which comes first within 21 bars: 8 % up or 8 % down?" */
export function questionInWords({ T, ...barrier }: Question): string {
  return `Which comes first within ${T} bars: ${moveInWords(barrier)} up or ${moveInWords(barrier)} down?`;
}

/** An answer: "rises 8 % first within 21 bars". */
export function answerInWords({ T, ...barrier }: Question, label: Label): string {
  if (label === 0) return `moves less than ${moveInWords(barrier)} within ${T} bars`;
  return `${label === 1 ? 'rises' : 'falls'} ${moveInWords(barrier)} first within ${T} bars`;
}

/** `0.4321` → `43 %`; a share that is not zero is never printed as 0 %. */
export function percentInWords(share: number): string {
  if (!Number.isFinite(share)) return 'unknown';
  if (share > 0 && share < 0.005) return '< 1 %';
  if (share < 1 && share >= 0.995) return '> 99 %';
  return `${Math.round(share * 100)} %`;
}

/** A difference as a percentage with its sign, `-0.021` → `−2.1 %`. */
export function signedPercentInWords(share: number): string {
  const text = (Math.abs(share) * 100).toFixed(1);
  if (text === '0.0') return '0.0 %';
  return `${share < 0 ? '\u2212' : '+'}${text} %`;
}

/** A price with at most seven significant digits, thousands grouped. */
export function priceInWords(price: number): string {
  return Number.isFinite(price) ? PRICE.format(price) : 'unknown';
}

/** UTC date, `2025-12-11`. */
export function isoDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** UTC date in words, `11 Dec 2025`; with the time of day for bars shorter than a day. */
export function dateInWords(timeMs: number, intervalMs: number = DAY_MS): string {
  const date = new Date(timeMs);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return intervalMs >= DAY_MS ? day : `${day} ${date.toISOString().slice(11, 16)}`;
}

/** "today", "1 day", "12 days", "14 months", from whole days. */
export function ageInWords(days: number): string {
  if (days < 1) return 'less than a day';
  if (days < 120) return days === 1 ? '1 day' : `${days} days`;
  if (days < 730) return `${Math.round(days / 30.44)} months`;
  return `${(days / 365.25).toFixed(1)} years`;
}

/** The most probable label of down, neutral, up; the first of equals, as everywhere. */
export function mostProbable(pDown: number, pNeutral: number, pUp: number): Label {
  if (pDown >= pNeutral && pDown >= pUp) return -1;
  return pNeutral >= pUp ? 0 : 1;
}

// Numbers and times as the three renderings of a report print them: one wording, no locale, the same bytes everywhere.
import type { CandidateBarrier } from '@forecastlab/core';

/** Printed where there is no number. */
export const NO_NUMBER = '-';

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

/** A loss or a score with three decimals, `1.05` → `1.050`. */
export function formatScore(value: number | null | undefined): string {
  return isNumber(value) ? value.toFixed(3).replace(/^-(0\.000)$/, '$1') : NO_NUMBER;
}

/** A share in percent without its sign, `-0.1104` → `-11.0`: for columns whose header says %. */
export function formatPercentNumber(share: number | null | undefined): string {
  return isNumber(share) ? (100 * share).toFixed(1).replace(/^-(0\.0)$/, '$1') : NO_NUMBER;
}

/** A share in percent, `-0.1104` → `-11.0 %`. */
export function formatPercent(share: number | null | undefined): string {
  return isNumber(share) ? `${formatPercentNumber(share)} %` : NO_NUMBER;
}

/** An interval of shares in percent, `-15.0 % to -6.0 %`. */
export function formatInterval(interval: readonly [number, number] | null): string {
  return interval === null ? NO_NUMBER : `${formatPercent(interval[0])} to ${formatPercent(interval[1])}`;
}

/** The same for a column whose header says %: `-15.0 to -6.0`. */
export function formatIntervalNumbers(interval: readonly [number, number] | null): string {
  return interval === null ? NO_NUMBER : `${formatPercentNumber(interval[0])} to ${formatPercentNumber(interval[1])}`;
}

/** A p-value with three decimals; with four where three would hide on which side of 0.05 it lies. */
export function formatPValue(p: number | null | undefined): string {
  if (!isNumber(p)) return NO_NUMBER;
  if (p < 0.001) return '<0.001';
  const short = p.toFixed(3);
  return short === '0.050' && p !== 0.05 ? p.toFixed(4) : short;
}

/** A move as a fraction in percent, `0.085` → `8.5 %`. */
export function formatMove(X: number): string {
  return `${Number((100 * X).toPrecision(12))} %`;
}

/** A barrier in words, `8.5 %` or `1.5 expected moves`. */
export function formatBarrier({ X, V }: CandidateBarrier): string {
  if (V === undefined) return formatMove(X ?? Number.NaN);
  return V === 1 ? 'the expected move' : `${V} expected moves`;
}

/** UTC date, and the time of day for bars shorter than a day: `2024-02-29` or `2024-02-29 08:00`. */
export function formatTime(timeMs: number, interval: string): string {
  if (!(Math.abs(timeMs) <= 8.64e15)) return NO_NUMBER;
  const iso = new Date(timeMs).toISOString();
  return /^\d+[smh]$/.test(interval) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : iso.slice(0, 10);
}

/** `1 candidate`, `20 candidates`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

// Today's answers that can be compared: the surface P(T, X) of the page and of its chart, and the same in words.
import { touchSurface, type TouchSurface } from '@forecastlab/core';
import type { DashboardData, TodayCandidate } from './dashboard-data.js';
import { moveInWords, percentInWords } from './words.js';

/** Two answers are a comparison, three make a surface. */
export const LEAST_CANDIDATES = 3;

export interface TodaySurface {
  readonly surface: TouchSurface;
  /** Shortest horizon first, then smallest barrier. */
  readonly candidates: readonly TodayCandidate[];
}

/** The surface of the active bundle's newest answer; null with fewer than three comparable candidates. */
export function todaySurface({ today, bundle }: Pick<DashboardData, 'today' | 'bundle'>): TodaySurface | null {
  if (today === null || bundle === null || bundle.deployName !== today.deployName) return null;
  const forward = bundle.candidates.filter(({ labelWindow }) => labelWindow === 'forward');
  const names = new Set(forward.filter(({ labelTouch = 'close' }) => labelTouch === (forward[0]?.labelTouch ?? 'close')).map(({ candidate }) => candidate));
  const candidates = today.candidates.filter(({ candidate, X }) => names.has(candidate) && X !== undefined && X > 0).sort((a, b) => a.T - b.T || barrierOf(a) - barrierOf(b));
  if (candidates.length < LEAST_CANDIDATES) return null;
  return { surface: touchSurface(candidates.map((candidate) => ({ T: candidate.T, barrier: barrierOf(candidate), probabilities: candidate.probabilities }))), candidates };
}

/** "A fall or rise of 8 % within 14 bars: 61 % (up first 33 %, down first 28 %)" */
export function touchInWords({ probabilities: [down, , up], ...question }: TodayCandidate): string {
  return `A fall or rise of ${moveInWords(question)} within ${question.T} bars: ${percentInWords(down + up)} (up first ${percentInWords(up)}, down first ${percentInWords(down)})`;
}

const barrierOf = ({ X = Number.NaN }: TodayCandidate): number => X;

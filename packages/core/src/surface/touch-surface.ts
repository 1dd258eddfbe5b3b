// The answers of one bar as a surface over horizon and barrier, P(T, X): for charts and tables.
import type { CandidateForecast } from './consistent-forecasts.js';

/** One answer. */
export interface TouchCell {
  /** Probability that the barrier is touched on either side, and of each side being first. */
  readonly touch: number;
  readonly up: number;
  readonly down: number;
}

/** Answers by horizon and barrier. */
export interface TouchSurface {
  /** Horizons in bars, shortest first: [rows]. */
  readonly T: readonly number[];
  /** Barriers as fractions, smallest first: [columns]. */
  readonly barrier: readonly number[];
  /** [rows][columns]; null where no candidate asks. */
  readonly cells: readonly (readonly (TouchCell | null)[])[];
  /** True when every cell has an answer. */
  readonly isFull: boolean;
}

/** Barriers so near to each other are one: 8 % is not always the same double. */
const SAME_BARRIER = 1e-9;

/**
 * Candidates that make a grid give a full surface, scattered ones a surface with holes. Of candidates with the same horizon and barrier the
 * first counts. They must ask the same kind of label.
 * @example touchSurface([{ T: 7, barrier: 0.08, probabilities: [0.2, 0.5, 0.3] }]).cells[0][0] // { touch: 0.5, up: 0.3, down: 0.2 }
 */
export function touchSurface(candidates: readonly CandidateForecast[]): TouchSurface {
  const T = [...new Set(candidates.map((candidate) => candidate.T))].sort((a, b) => a - b);
  const barrier: number[] = [];
  for (const value of candidates.map((candidate) => candidate.barrier).sort((a, b) => a - b)) {
    if (barrier.length === 0 || value - barrier[barrier.length - 1] > SAME_BARRIER) barrier.push(value);
  }
  const cells = T.map((horizon) => barrier.map((size) => cellOf(candidates.find((candidate) => candidate.T === horizon && candidate.barrier >= size && candidate.barrier - size <= SAME_BARRIER))));
  return { T, barrier, cells, isFull: cells.every((row) => row.every((cell) => cell !== null)) };
}

function cellOf(candidate: CandidateForecast | undefined): TouchCell | null {
  if (candidate === undefined) return null;
  const [down, , up] = candidate.probabilities;
  return { touch: down + up, up, down };
}

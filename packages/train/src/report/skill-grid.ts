// Candidates laid out by horizon and barrier: a table for moves in percent and one for moves in units of volatility. None where most
// of a table would be empty.
import type { CandidateBarrier } from '@forecastlab/core';
import type { CandidateReport } from '../search/search-report.js';

export interface SkillGrid {
  /** What stands across: X in percent, or V in expected moves. */
  readonly axis: 'X' | 'V';
  /** Ascending. */
  readonly T: readonly number[];
  /** Ascending: X as fractions, or V. */
  readonly sizes: readonly number[];
  /** [T][sizes]; undefined where no such candidate was scored. */
  readonly cells: readonly (readonly (CandidateReport | undefined)[])[];
  /** Name of the candidate of this table with the largest skill, of those that could be tested if there are any. */
  readonly largest: string;
}

/** The tables that the candidates make: at most one of each axis, X first. */
export function skillGrids(candidates: readonly CandidateReport[]): readonly SkillGrid[] {
  return (['X', 'V'] as const).flatMap((axis) => gridOf(candidates.filter((candidate) => candidate[axis] !== undefined), axis) ?? []);
}

/** The barrier of a place across. */
export function barrierAcross({ axis }: SkillGrid, size: number): CandidateBarrier {
  return axis === 'X' ? { X: size } : { V: size };
}

/** Null with fewer than two candidates, or when less than half of the cells would be filled. */
function gridOf(candidates: readonly CandidateReport[], axis: 'X' | 'V'): SkillGrid | null {
  const T = ascending(candidates.map((candidate) => candidate.T));
  const sizes = ascending(candidates.flatMap((candidate) => candidate[axis] ?? []));
  if (candidates.length < 2 || candidates.length < (T.length * sizes.length) / 2) return null;
  const tested = candidates.filter((candidate) => candidate.pValue !== null);
  const largest = (tested.length > 0 ? tested : candidates).reduce((best, candidate) => (candidate.skill.skill > best.skill.skill ? candidate : best)).name;
  return { axis, T, sizes, largest, cells: T.map((t) => sizes.map((size) => candidates.find((candidate) => candidate.T === t && candidate[axis] === size))) };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

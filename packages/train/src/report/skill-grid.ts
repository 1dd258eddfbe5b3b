// Candidates laid out by horizon and move, for the T × X tables; null where most of such a table would be empty.
import type { CandidateReport } from '../search/search-report.js';

export interface SkillGrid {
  /** Ascending. */
  readonly T: readonly number[];
  readonly X: readonly number[];
  /** [T][X]; undefined where no such candidate was scored. */
  readonly cells: readonly (readonly (CandidateReport | undefined)[])[];
  /** Name of the candidate with the largest skill, of those that could be tested if there are any. */
  readonly largest: string;
}

/** Null with fewer than two candidates, or when less than half of the cells would be filled. */
export function skillGrid(candidates: readonly CandidateReport[]): SkillGrid | null {
  const T = ascending(candidates.map((candidate) => candidate.T));
  const X = ascending(candidates.flatMap(({ X }) => X ?? []));
  if (candidates.length < 2 || candidates.length < (T.length * X.length) / 2) return null;
  const tested = candidates.filter((candidate) => candidate.pValue !== null);
  const largest = (tested.length > 0 ? tested : candidates).reduce((best, candidate) => (candidate.skill.skill > best.skill.skill ? candidate : best)).name;
  return { T, X, largest, cells: T.map((t) => X.map((x) => candidates.find((candidate) => candidate.T === t && candidate.X === x))) };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

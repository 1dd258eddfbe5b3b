// Did a candidate do well all the time, or once? Its skill against class shares, fold by fold.
import type { CandidateReport } from '../search/search-report.js';

export type FoldScore = CandidateReport['stability'][number];

export interface FoldStability {
  /** Folds with skill above 0. */
  readonly better: number;
  readonly folds: number;
  readonly best: FoldScore;
  readonly worst: FoldScore;
  readonly medianSkill: number;
}

/** Null without folds. */
export function foldStability(folds: readonly FoldScore[]): FoldStability | null {
  if (folds.length === 0) return null;
  const bySkill = [...folds].sort((a, b) => a.skill - b.skill);
  const middle = bySkill.length >> 1;
  const median = bySkill.length % 2 === 1 ? bySkill[middle].skill : (bySkill[middle - 1].skill + bySkill[middle].skill) / 2;
  return { better: folds.filter(({ skill }) => skill > 0).length, folds: folds.length, best: bySkill[bySkill.length - 1], worst: bySkill[0], medianSkill: median };
}

/** Small differences must look small: no axis is shorter than ±5 %. */
const SMALLEST_REACH = 0.05;

/**
 * Where the axis of a picture ends: a fold whose class shares happened to fit may have a skill of -300 %, and must not press all
 * others flat. Bars beyond the reach are cut off, and said to be.
 */
export function skillReach(folds: readonly FoldScore[]): number {
  const sizes = folds.map(({ skill }) => Math.abs(skill)).sort((a, b) => a - b);
  const largest = sizes[sizes.length - 1] ?? 0;
  const usual = sizes[Math.floor(0.8 * (sizes.length - 1))] ?? 0;
  return Math.max(SMALLEST_REACH, Math.min(largest, 2 * usual));
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/** One block per fold, oldest first: the lower four are below class shares, the upper four above. */
export function sparkline(folds: readonly FoldScore[]): string {
  const reach = skillReach(folds);
  return folds.map(({ skill }) => BLOCKS[skill > 0 ? 4 + Math.min(3, Math.floor((4 * skill) / reach)) : 3 - Math.min(3, Math.floor((-4 * skill) / reach))]).join('');
}

// The order of candidates in a run's results, by which the top k of a later run are chosen.
import type { CandidateReport } from './search-report.js';
import type { Ranking } from './search-request.js';

/**
 * Places in `candidates`, best first; equals keep their order.
 * `skill`: log-loss skill against the best baseline. `f1`: median macro-F1, the predecessor's order.
 */
export function rankCandidates(candidates: readonly CandidateReport[], ranking: Ranking): readonly number[] {
  const score = ({ medians, skillAgainstBest }: CandidateReport): number => (ranking === 'f1' ? medians.f1 : skillAgainstBest.skill);
  return candidates.map((_, place) => place).sort((a, b) => score(candidates[b]) - score(candidates[a]) || a - b);
}

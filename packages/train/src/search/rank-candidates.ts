// The order of candidates in a run's results, by which the top k of a later run are chosen.
import type { CandidateReport } from './search-report.js';
import type { Ranking } from './search-request.js';

/**
 * Places in `candidates`, best first; equals keep their order.
 * `skill`: log-loss skill against the best baseline; candidates with too few events or rows for a test come last, because
 * being sure that nothing happens costs nothing while nothing happens. `f1`: median macro-F1, the predecessor's order.
 */
export function rankCandidates(candidates: readonly CandidateReport[], ranking: Ranking): readonly number[] {
  const score = ({ medians, skillAgainstBest }: CandidateReport): number => (ranking === 'f1' ? medians.f1 : skillAgainstBest.skill);
  const isTold = ({ pValue }: CandidateReport): number => (ranking === 'f1' || pValue !== null ? 1 : 0);
  return candidates
    .map((_, place) => place)
    .sort((a, b) => isTold(candidates[b]) - isTold(candidates[a]) || score(candidates[b]) - score(candidates[a]) || a - b);
}

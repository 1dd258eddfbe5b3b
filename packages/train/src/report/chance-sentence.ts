// Why the best candidate may be no find although its interval lies above 0: whoever tries many finds one by chance, and
// class shares may not be what is hardest to beat.
import type { SearchReport } from '../search/search-report.js';
import { rankCandidates } from './best-candidate.js';
import { baselineName } from './baseline-words.js';
import { formatInterval, formatPercent, formatPValue } from './formats.js';

const ALPHA = 0.05;

/** One sentence, or none where nothing looks better than it is. */
export function chanceSentence({ candidates, trials }: SearchReport): readonly string[] {
  const best = rankCandidates(candidates).find(({ skill }) => skill.interval !== null && skill.interval[0] > 0);
  if (best === undefined || best.adjustedPValue === null || best.adjustedPValue < ALPHA) return [];
  const numbers = (skill: typeof best.skill): string => `skill ${formatPercent(skill.skill)}, 95 % interval ${formatInterval(skill.interval)}`;
  const against = best.skillAgainstBest;
  if (against.interval !== null && against.interval[0] <= 0) {
    return [`${best.name} beats class shares (${numbers(best.skill)}), but not measurably the best baseline, ${baselineName(best.bestBaseline)} (${numbers(against)}).`];
  }
  if (trials.total < 2) return [];
  const times = Math.round(100 * best.adjustedPValue);
  return [`The best, ${best.name} (${numbers(best.skill)}), is what chance gives among so many: the best of ${trials.total} candidates without any skill looks this good in about ${times} of 100 searches (adjusted p ${formatPValue(best.adjustedPValue)}).`];
}

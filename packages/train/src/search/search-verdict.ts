// One plain sentence on whether a search found skill.
import type { CandidateReport, SearchReport } from './search-report.js';

/** The verdict over all candidates; `tried` counts those of earlier runs too. */
export function searchVerdict(candidates: readonly CandidateReport[], flaws: readonly string[], tried: number): SearchReport['verdict'] {
  if (flaws.length > 0) return { hasSkill: false, skilled: [], sentence: `These scores show no skill, whatever their size. ${flaws.join(' ')}` };
  const skilled = candidates.filter(({ hasSkill }) => hasSkill).map(({ name }) => name);
  const allowed = tried === 1 ? '' : `, allowing for all ${tried} candidates tried`;
  if (skilled.length > 0) {
    return { hasSkill: true, skilled, sentence: `Measurable skill: ${subject(skilled, candidates.length)} better than every baseline at the 5 % level${allowed}.` };
  }
  return { hasSkill: false, skilled, sentence: `No measurable skill: no candidate is shown to be better than every baseline at the 5 % level${allowed}.` };
}

/** Names as far as anyone reads them. */
const MOST_NAMES = 5;

function subject(skilled: readonly string[], all: number): string {
  if (skilled.length > MOST_NAMES && skilled.length === all) return `all ${all} candidates are`;
  const names = skilled.length <= MOST_NAMES ? skilled : [...skilled.slice(0, MOST_NAMES - 1), `${skilled.length - MOST_NAMES + 1} others`];
  if (names.length === 1) return `${names[0]} is`;
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]} are`;
}

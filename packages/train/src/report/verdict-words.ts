// The answer that a stranger must get within ten seconds: is there skill, is there none, or do the scores mean nothing?
import type { SearchReport } from '../search/search-report.js';
import { rankCandidates } from './best-candidate.js';
import { baselineName } from './baseline-words.js';
import { count, formatInterval, formatPercent, formatPValue, listWords } from './formats.js';

export interface VerdictWords {
  readonly kind: 'flawed' | 'skill' | 'none' | 'empty';
  /** A few words, such as "No measurable skill." */
  readonly headline: string;
  /** Plain sentences; the first is the report's own unless it only repeats the headline. */
  readonly sentences: readonly string[];
}

const ALPHA = 0.05;

/** Headline and sentences of a report's verdict. */
export function verdictWords(report: SearchReport): VerdictWords {
  const { verdict, candidates, flaws } = report;
  if (flaws.length > 0) {
    return { kind: 'flawed', headline: 'These scores are an artefact, not skill.', sentences: [...flaws, `For the record: ${lowerFirst(verdict.sentence.replace(OPENING, ''))}`] };
  }
  if (candidates.length === 0) return { kind: 'empty', headline: 'No candidate could be scored.', sentences: [withoutOpening(verdict.sentence)] };
  const skilled = candidates.filter((candidate) => candidate.hasSkill).map((candidate) => candidate.name);
  const headline = headlineOf(skilled, candidates.length);
  const rest = withoutOpening(verdict.sentence);
  if (skilled.length > 0) return { kind: 'skill', headline, sentences: [rest, SKILL_SENTENCE, ...(report.market.isSynthetic ? [SYNTHETIC_SENTENCE] : [])] };
  return { kind: 'none', headline, sentences: [rest, ...chanceAmongMany(report)] };
}

const SKILL_SENTENCE = 'On bars that it had not seen, the model beat every baseline by more than chance gives. Past skill may not last.';
const SYNTHETIC_SENTENCE = 'These prices are synthetic, with a signal planted in them: this says nothing about any real market.';
const OPENING = /^(?:Measurable|No measurable) skill: /;

/** Without the words that the headline says already. */
function withoutOpening(sentence: string): string {
  const rest = sentence.replace(OPENING, '');
  return rest === sentence || rest === '' ? sentence : rest[0].toUpperCase() + rest.slice(1);
}

const lowerFirst = (sentence: string): string => (/^[A-Z][a-z]/.test(sentence) ? sentence[0].toLowerCase() + sentence.slice(1) : sentence);

function headlineOf(skilled: readonly string[], all: number): string {
  if (skilled.length === 0) return 'No measurable skill.';
  if (skilled.length === all) return all === 1 ? `Measurable skill: ${skilled[0]}.` : `Measurable skill: all ${all} candidates.`;
  if (skilled.length <= 3) return `Measurable skill: ${listWords(skilled)} of ${all} candidates.`;
  return `Measurable skill: ${skilled.length} of ${all} candidates.`;
}

/**
 * Why the best candidate is no find although its interval lies above 0: among many tries, chance alone gives such a
 * one, or another baseline is as good. Empty where neither holds.
 */
function chanceAmongMany(report: SearchReport): readonly string[] {
  const best = rankCandidates(report.candidates).find(({ skill }) => skill.interval !== null && skill.interval[0] > 0);
  if (best === undefined || best.adjustedPValue === null || best.adjustedPValue < ALPHA) return [];
  const seen = `${best.name} alone looks better than class shares (skill ${formatPercent(best.skill.skill)}, 95 % interval ${formatInterval(best.skill.interval)})`;
  const against = best.skillAgainstBest.interval;
  if (against !== null && against[0] <= 0) {
    return [`${seen}, but it is not measurably better than the baseline ${baselineName(best.bestBaseline)} (skill ${formatPercent(best.skillAgainstBest.skill)}, 95 % interval ${formatInterval(against)}), which needs no model.`];
  }
  if (report.trials.total < 2) return [];
  return [`${seen}, but this is what chance gives among so many: the best of ${count(report.trials.total, 'candidate')} without any skill looks this good in about ${timesInHundred(best.adjustedPValue)} searches (adjusted p ${formatPValue(best.adjustedPValue)}).`];
}

const timesInHundred = (p: number): string => `${Math.round(100 * p)} of 100`;

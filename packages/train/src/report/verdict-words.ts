// The answer that a stranger must get within ten seconds: is there skill, is there none, or do the scores mean nothing?
import type { CandidateReport, SearchReport } from '../search/search-report.js';
import { chanceSentence } from './chance-sentence.js';
import { lookBackSentence } from './look-back-sentence.js';
import { listWords } from './formats.js';

export interface VerdictWords {
  readonly kind: 'flawed' | 'skill' | 'none' | 'empty';
  /** A few words, such as "No measurable skill." */
  readonly headline: string;
  /** Plain sentences that go with it. */
  readonly sentences: readonly string[];
}

const SKILL_SENTENCE = 'On bars that it had not seen, the model beat every baseline by more than chance gives. Past skill may not last.';
const SYNTHETIC_SENTENCE = 'These prices are synthetic, with a signal planted in them: this says nothing about any real market.';

/** Headline and sentences of a report's verdict. */
export function verdictWords(report: SearchReport): VerdictWords {
  const { verdict, candidates, flaws, market } = report;
  if (flaws.length > 0) return { kind: 'flawed', headline: 'These scores are an artefact, not skill.', sentences: [...flaws, ...lookBackSentence(report)] };
  const rest = withoutOpening(verdict.sentence);
  if (candidates.length === 0) return { kind: 'empty', headline: 'No candidate could be scored.', sentences: [rest] };
  const skilled = candidates.filter((candidate) => candidate.hasSkill).map((candidate) => candidate.name);
  const headline = headlineOf(skilled, candidates.length);
  if (skilled.length === 0) return { kind: 'none', headline, sentences: [rest, ...chanceSentence(report)] };
  return { kind: 'skill', headline, sentences: [rest, SKILL_SENTENCE, ...(market.isSynthetic ? [SYNTHETIC_SENTENCE] : [])] };
}

/** A candidate's own sentence; beside a flaw it may give its numbers, but must not claim skill. */
export function candidateSentence({ sentence }: CandidateReport, isFlawed: boolean): string {
  return isFlawed ? sentence.replace(OPENING, 'An artefact, for the record: ') : sentence;
}

const OPENING = /^(?:Measurable|No measurable) skill: /;

/** Without the words that the headline says already. */
function withoutOpening(sentence: string): string {
  const rest = sentence.replace(OPENING, '');
  return rest === sentence || rest === '' ? sentence : rest[0].toUpperCase() + rest.slice(1);
}

function headlineOf(skilled: readonly string[], all: number): string {
  if (skilled.length === 0) return 'No measurable skill.';
  if (skilled.length === all) return all === 1 ? `Measurable skill: ${skilled[0]}.` : `Measurable skill: all ${all} candidates.`;
  if (skilled.length <= 3) return `Measurable skill: ${listWords(skilled)}, of ${all} candidates.`;
  return `Measurable skill: ${skilled.length} of ${all} candidates.`;
}

// One candidate as text: the numbers that the screen, report.md and report.html print, so that they cannot differ.
import type { CandidateReport } from '../search/search-report.js';
import { formatInterval, formatPercent, formatPValue, formatScore, NO_NUMBER } from './formats.js';

/** `flawed` when the scores mean nothing: then no candidate has skill, whatever it scores. */
export type SkillWord = 'yes' | 'none shown' | 'flawed';

export interface CandidateRow {
  readonly name: string;
  readonly folds: string;
  /** Distinct test rows. */
  readonly rows: string;
  /** Shares of the classes in whole percent, in CLASSES order: `46/12/42`. */
  readonly classShares: string;
  readonly f1: string;
  readonly logLoss: string;
  readonly priorLoss: string;
  readonly bestBaseline: string;
  readonly bestLoss: string;
  readonly skill: string;
  readonly interval: string;
  readonly skillAgainstBest: string;
  readonly intervalAgainstBest: string;
  readonly brierSkill: string;
  readonly brierInterval: string;
  readonly pValue: string;
  readonly adjustedPValue: string;
  readonly word: SkillWord;
}

/** The numbers of a candidate as text. `isFlawed`: the report names flaws. */
export function candidateRow(candidate: CandidateReport, isFlawed: boolean): CandidateRow {
  const lossOf = (name: string): string => formatScore(candidate.baselines.find((baseline) => baseline.name === name)?.scores.logLoss);
  const rows = candidate.classCounts.reduce((sum, n) => sum + n, 0);
  return {
    name: candidate.name,
    folds: String(candidate.folds),
    rows: String(rows),
    classShares: candidate.classCounts.map((n) => (rows === 0 ? NO_NUMBER : (100 * (n / rows)).toFixed(0))).join('/'),
    f1: formatScore(candidate.medians.f1),
    logLoss: formatScore(candidate.pooled.logLoss),
    priorLoss: lossOf('prior'),
    bestBaseline: candidate.bestBaseline,
    bestLoss: lossOf(candidate.bestBaseline),
    skill: formatPercent(candidate.skill.skill),
    interval: formatInterval(candidate.skill.interval),
    skillAgainstBest: formatPercent(candidate.skillAgainstBest.skill),
    intervalAgainstBest: formatInterval(candidate.skillAgainstBest.interval),
    brierSkill: formatPercent(candidate.brierSkill.skill),
    brierInterval: formatInterval(candidate.brierSkill.interval),
    pValue: formatPValue(candidate.pValue),
    adjustedPValue: formatPValue(candidate.adjustedPValue),
    word: skillWord(candidate, isFlawed),
  };
}

function skillWord({ hasSkill }: CandidateReport, isFlawed: boolean): SkillWord {
  if (isFlawed) return 'flawed';
  return hasSkill ? 'yes' : 'none shown';
}

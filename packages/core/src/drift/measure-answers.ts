// The newest answers of a model against those of its evaluation.
import { type AnswerReference, answerSpread, meansOf, oneAnswer, PROBABILITY_NAMES } from './answer-reference.js';
import { significant } from './distribution-reference.js';
import { type DriftMeasurement, measureDrift } from './measure-drift.js';

/** The newest answers of one candidate. */
export interface AnswerDrift extends DriftMeasurement {
  /** Mean probability of each class in the newest rows and in the evaluation, in CLASSES order. */
  readonly means: readonly [number, number, number];
  readonly meansInEvaluation: readonly [number, number, number];
  /** The answer that all of the newest rows got; null when they differ. Of the stretches of the evaluation `oneAnswerShare` had one answer throughout. */
  readonly oneAnswer: -1 | 0 | 1 | null;
  readonly oneAnswerShare: number;
  /** How much the probabilities differ from row to row, and what 99 % of the stretches of the evaluation had at least. */
  readonly spread: number;
  readonly spread01: number;
  /** True when the answers no longer follow the market: all the same, or hardly different, where the evaluation's were not. */
  readonly isCollapsed: boolean;
}

/** Shares below this are rare: all answers the same is then a finding. */
const RARE = 0.01;

/**
 * @param probabilities [3][rows] in CLASSES order, the newest row last; none of them training rows, which a model answers too well
 * @param rows stretch to compare. Default: the longest up to 60 that there are rows for
 * @returns undefined when there are too few rows
 */
export function measureAnswers(reference: AnswerReference, probabilities: readonly Float64Array[], { rows }: { readonly rows?: number | undefined } = {}): AnswerDrift | undefined {
  const length = probabilities[0].length;
  const drift = measureDrift(reference, (name) => probabilities[PROBABILITY_NAMES.findIndex((own) => own === name)], { row: length - 1, rows });
  const windows = reference.answers.find((own) => own.rows === drift?.rows);
  if (drift === undefined || windows === undefined) return undefined;
  const newest = probabilities.map((column) => column.subarray(length - drift.rows));
  const inOrder = Int32Array.from({ length: drift.rows }, (_, i) => i);
  const spread = significant(answerSpread(newest, inOrder, 0, drift.rows));
  const answer = oneAnswer(newest, inOrder, 0, drift.rows);
  return {
    ...drift,
    means: meansOf(newest),
    meansInEvaluation: reference.means,
    oneAnswer: answer,
    oneAnswerShare: windows.oneAnswer,
    spread,
    spread01: windows.spread01,
    isCollapsed: (answer !== null && windows.oneAnswer < RARE) || spread < windows.spread01 / 2,
  };
}

// What a model must beat in one fold, as probabilities, so that each baseline has the same scores as the model.
// None is trained; the rules look back only, and what they are worth is read off the training rows alone.
import { ForecastLabError } from '../../errors.js';
import type { Candidate } from '../../labels/candidate.js';
import { createRandom } from '../../numeric/random.js';
import { lastKnownLabels, lookBackLabels, possibleShares } from './baselines.js';
import type { LabelledBars } from './baselines.js';
import { mostProbableLabels } from '../metrics/classification-scores.js';

/**
 * 'prior': class shares of the training rows. 'recent': of the newest RECENT_ROWS of them. 'last-label', 'look-back': the rules of
 * baselines.ts. 'random': labels drawn by the class shares. 'equal-chances': a third each. 'shuffled-labels': the model itself, fitted on shuffled labels.
 * 'volatility': a logistic model that knows how volatile the market is and nothing else; only where several markets are evaluated together.
 */
export type BaselineName = 'prior' | 'recent' | 'last-label' | 'look-back' | 'random' | 'equal-chances' | 'shuffled-labels' | 'volatility' | 'volatility-recipe';

export interface FoldBaselineInput {
  /** [rows] -1, 0, 1. */
  readonly labels: Int8Array;
  /** [rows] bar index of each row, ascending. */
  readonly rows: Int32Array;
  /** [rows] bar index of the last bar that each row's label uses. */
  readonly spanEnd: Int32Array;
  /** Positions of the training rows, ascending and already purged. At least one. */
  readonly training: Int32Array;
  /** Positions of the test rows, ascending. */
  readonly test: Int32Array;
  readonly candidate: Pick<Candidate, 'T' | 'X' | 'V'>;
  /** [bars] closing prices. Without them there is no 'look-back'. */
  readonly close?: Float64Array;
  /** Integer from 0 to 2^32-1, for 'random'. A bar's draw depends on the seed and the bar, not on the fold. */
  readonly seed: number;
}

export interface FoldBaseline {
  readonly name: BaselineName;
  /** [test rows × 3], rows sum to 1, none is 0. */
  readonly probabilities: Float64Array;
  /** [test rows] what the rule itself answers; for class shares the most frequent class. */
  readonly predicted: Int8Array;
}

/** A year of daily bars: a market's calm or turmoil outlives it rarely. */
export const RECENT_ROWS = 365;

/**
 * Training rows in which a rule is taken to have been right as often as the class shares, per bar of the horizon: T neighbouring
 * labels look at the same bars and count like one, so that 5 T rows weigh like five independent answers.
 */
const PSEUDO_ROWS_PER_BAR = 5;

/** Parts the draws of 'random' from other uses of the same seed. */
const RANDOM_KEY = 0x72616e64;

/**
 * The baselines of one fold in the order of BaselineName (the last two are the evaluation's to make).
 * A rule's probabilities are the class shares of the training rows where it gave the same answer, drawn towards the class shares of
 * all training rows by 5 T pseudo-rows. A class that never occurred gets the share 1 / (n + 3) of n rows (Laplace's rule of
 * succession), so that log losses stay finite. Throws BAD_DATA without training rows.
 * @example foldBaselines({ labels, rows, spanEnd, training, test, candidate: { T: 21, X: 0.08 }, seed: 1 })
 * // → [{ name: 'prior', probabilities, predicted }, { name: 'recent', … }, { name: 'last-label', … }, { name: 'random', … }]
 */
export function foldBaselines(input: FoldBaselineInput): readonly FoldBaseline[] {
  const { labels, rows, training, test, candidate, close } = input;
  if (training.length === 0) throw new ForecastLabError('BAD_DATA', 'There must be at least one training row for baselines. Got none.');
  const shares = possibleShares(labels, training);
  const rule = (name: BaselineName, answers: Int8Array): FoldBaseline => {
    const byAnswer = [-1, 0, 1].map((answer) => sharesWhere(answers, answer, input, shares));
    const predicted = Int8Array.from(test, (position) => answers[position]);
    return { name, probabilities: rowsOf(test.length, (row) => byAnswer[predicted[row] + 1]), predicted };
  };
  const baselines = [
    constant('prior', shares, test.length),
    constant('recent', possibleShares(labels, training.subarray(-RECENT_ROWS)), test.length),
    rule('last-label', lastKnownLabels(knownBefore(input))),
  ];
  if (close !== undefined) baselines.push(rule('look-back', lookBackLabels(close, rows, candidate)));
  const drawn = Int8Array.from(test, (position) => draw(shares, createRandom(input.seed, RANDOM_KEY, rows[position]).next()));
  baselines.push({ ...constant('random', shares, test.length), predicted: drawn });
  return baselines;
}

/** The rows up to the last one that matters, so that the rule costs no more than the fold has rows. */
function knownBefore({ labels, rows, spanEnd, training, test }: FoldBaselineInput): LabelledBars {
  const count = Math.max(training[training.length - 1], test[test.length - 1] ?? 0) + 1;
  return { labels: labels.subarray(0, count), rows: rows.subarray(0, count), spanEnd: spanEnd.subarray(0, count) };
}

function sharesWhere(answers: Int8Array, answer: number, { labels, training, candidate }: FoldBaselineInput, shares: Float64Array): Float64Array {
  const pseudoRows = PSEUDO_ROWS_PER_BAR * candidate.T;
  const counts = shares.map((share) => pseudoRows * share);
  let sum = pseudoRows;
  for (const position of training) {
    if (answers[position] !== answer) continue;
    counts[labels[position] + 1] += 1;
    sum += 1;
  }
  return counts.map((count) => count / sum);
}

function constant(name: BaselineName, shares: Float64Array, count: number): FoldBaseline {
  const probabilities = rowsOf(count, () => shares);
  return { name, probabilities, predicted: mostProbableLabels(probabilities) };
}

function rowsOf(count: number, row: (index: number) => Float64Array): Float64Array {
  const probabilities = new Float64Array(3 * count);
  for (let i = 0; i < count; i += 1) probabilities.set(row(i), 3 * i);
  return probabilities;
}

function draw(shares: Float64Array, uniform: number): number {
  if (uniform < shares[0]) return -1;
  return uniform < shares[0] + shares[1] ? 0 : 1;
}

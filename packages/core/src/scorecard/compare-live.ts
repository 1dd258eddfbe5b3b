// Is the live performance what the walk-forward evaluation led to expect? A few months of days whose labels overlap hold few independent
// ones, so how much such a stretch may differ by chance is measured on the evaluation, which is long, as well as on the live days.
import { meanSpread } from '../validation/evidence/date-bootstrap.js';
import { gainSeries, viewRecord } from '../validation/evidence/gain-series.js';
import { rowLogLosses } from '../validation/metrics/probability-scores.js';
import { circularSums } from '../validation/skill/block-statistic.js';
import { studentQuantile } from '../validation/skill/student-distribution.js';
import type { Expectation } from './expectation.js';
import type { LiveRows } from './live-rows.js';
import type { Comparison, LiveScores, WithInterval } from './scorecard.js';

/** Fewer label windows than this, one after the other, say nothing about how the next one will be. */
export const LEAST_LIVE_WINDOWS = 3;

/** However short the horizon. */
export const LEAST_LIVE_DAYS = 20;

/** Half of what a 95 % interval leaves out. */
const OUTSIDE = 0.025;

/** Stretches as long as the live one are only compared with each other where the evaluation holds this many side by side. */
const LEAST_STRETCHES = 5;

/** Days that must have matured before anything is compared. `T`: days in a row whose labels overlap. */
export function leastLiveDays(T: number): number {
  return Math.max(LEAST_LIVE_DAYS, LEAST_LIVE_WINDOWS * T);
}

/**
 * Live scores less expected ones, with 95 % intervals of the differences: the wider of what the error of both means gives and, of log loss, of how
 * far stretches of as many days of the evaluation lay from its mean.
 */
export function compareLive(rows: LiveRows, live: LiveScores, expectation: Expectation): Comparison {
  const view = viewRecord(rows);
  const days = view.times.length;
  const isEnough = days >= leastLiveDays(rows.T);
  const losses = gainSeries(rowLogLosses(rows.labels, rows.probabilities), view);
  const difference = live.log_loss - expectation.scores.log_loss;
  const log_loss: WithInterval = { value: difference, interval: isEnough ? lossInterval(difference, losses, view.blockLength, expectation) : null };
  const skill: WithInterval | null = live.skill === null ? null : skillDifference(live.skill, days, expectation, isEnough);
  return { log_loss, skill, verdict: verdictOf(isEnough, log_loss.interval, skill?.interval ?? null) };
}

function lossInterval(difference: number, losses: Float64Array, blockLength: number, { spread, series, spreadDays }: Expectation): WithInterval['interval'] {
  if (spread === null) return null;
  // what one day adds to the variance of a mean, overlap included; of the evaluation, unless the live days vary more
  const ofDays = spread.error * Math.sqrt(spreadDays / losses.length);
  const own = meanSpread(losses, blockLength);
  const isOwn = own !== null && own.error > ofDays;
  const error = Math.hypot(isOwn ? own.error : ofDays, spread.error);
  const reach = studentQuantile(OUTSIDE, Math.min(spread.blocks, isOwn ? own.blocks : spread.blocks) - 1) * error;
  const [below, above] = stretchReach(series, losses.length);
  return [difference - Math.max(reach, above), difference + Math.max(reach, below)];
}

/** How far below and above the mean of the series the means of stretches of `days` lie, but for OUTSIDE of them on each side. */
function stretchReach(series: Float64Array, days: number): readonly [number, number] {
  if (series.length < LEAST_STRETCHES * days) return [0, 0];
  const sums = circularSums(series);
  const mean = sums[series.length] / series.length;
  const rests = Float64Array.from(series, (_, start) => (sums[start + days] - sums[start]) / days - mean).sort();
  const at = (share: number): number => rests[Math.round(share * (rests.length - 1))];
  return [-at(OUTSIDE), at(1 - OUTSIDE)];
}

function skillDifference(live: WithInterval, days: number, { scores: { skill }, days: expectedDays }: Expectation, isEnough: boolean): WithInterval {
  const value = live.value - skill.value;
  if (!isEnough || skill.interval === null) return { value, interval: null };
  const half = ([low, high]: readonly [number, number]): number => (high - low) / 2;
  const ofExpected = half(skill.interval);
  const ofLive = Math.max(ofExpected * Math.sqrt(expectedDays / days), live.interval === null ? 0 : half(live.interval));
  const reach = Math.hypot(ofExpected, ofLive);
  return { value, interval: [value - reach, value + reach] };
}

function verdictOf(isEnough: boolean, loss: WithInterval['interval'], skill: WithInterval['interval']): Comparison['verdict'] {
  if (!isEnough) return 'too-few';
  if (loss === null && skill === null) return 'unknown';
  if ((loss !== null && loss[0] > 0) || (skill !== null && skill[1] < 0)) return 'worse';
  return (loss !== null && loss[1] < 0) || (skill !== null && skill[0] > 0) ? 'better' : 'within-chance';
}

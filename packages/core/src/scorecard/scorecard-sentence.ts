// What to make of live scores, in plain words; no number is given where too little is known for one.
import { leastLiveDays } from './compare-live.js';
import type { Comparison, LiveCounts, LiveScores, ScorecardEntry, WithInterval } from './scorecard.js';

type Told = Pick<ScorecardEntry, 'T' | 'deploy_name' | 'counts' | 'on_time' | 'expected' | 'comparison'>;

/** One to three sentences. `overlap`: days in a row whose labels overlap. */
export function scorecardSentence(entry: Told, overlap: number): string {
  const { on_time, expected, comparison } = entry;
  if (on_time === null) return sayNone(entry.counts);
  const begin = `Over ${count(on_time.days, 'matured day')} the live log loss is ${fixed(on_time.log_loss)}`;
  if (expected === null || comparison === null) return `${begin}. What to expect is not known: ${entry.deploy_name === null ? 'some bundle is' : 'the bundle is'} not at hand, or was never evaluated. ${saySkill(on_time)}`;
  const had = `the walk-forward evaluation of the ${entry.deploy_name === null ? 'bundles' : 'bundle'} had ${fixed(expected.log_loss)}`;
  if (comparison.verdict === 'too-few') return `${begin}; ${had}. Too few days to compare: with labels of ${count(entry.T, 'bar')} it takes ${leastLiveDays(overlap)}.`;
  return `${begin}; ${had}; ${sayVerdict(comparison)}. ${saySkill(on_time)}`;
}

function sayNone({ pending, touched_early, not_fair, late, missing, unknowable }: LiveCounts): string {
  const open = pending + touched_early;
  if (open > 0) return `Nothing to score yet: ${count(open, 'answer')} made on ${open === 1 ? 'its' : 'their'} day ${open === 1 ? 'is' : 'are'} still open.`;
  if (late > 0) return 'Nothing to score: every answer was made after its day.';
  if (not_fair > 0) return 'Nothing to score: training had seen the bars after every answer, or its labels are flawed.';
  if (unknowable > 0) return 'Nothing to score: bars are missing.';
  return missing > 0 ? `Nothing to score: ${count(missing, 'answer')} ${missing === 1 ? 'is' : 'are'} missing.` : 'Nothing to score.';
}

function sayVerdict({ verdict, log_loss, skill }: Comparison): string {
  if (verdict === 'unknown') return 'how much of the difference is chance is not known';
  if (verdict === 'within-chance') return `the difference${ofInterval(log_loss)} is within chance`;
  const isByLoss = log_loss.interval !== null && (verdict === 'worse' ? log_loss.interval[0] > 0 : log_loss.interval[1] < 0);
  if (isByLoss) return `it is ${verdict} than chance explains: the difference is ${signed(log_loss.value)}${ofInterval(log_loss)}`;
  const { value, interval } = skill as WithInterval;
  return `the skill is ${verdict} than chance explains: the difference is ${percent(value)}${interval === null ? '' : ` (95 % interval ${percent(interval[0])} to ${percent(interval[1])})`}`;
}

function saySkill({ skill }: LiveScores): string {
  if (skill === null) return 'Skill is not known, as the class shares of the bundle are not.';
  const against = `Skill against class shares: ${percent(skill.value)}`;
  if (skill.interval === null) return `${against}; too few independent days for an interval.`;
  return `${against} (95 % interval ${percent(skill.interval[0])} to ${percent(skill.interval[1])}).`;
}

const ofInterval = ({ interval }: WithInterval): string => (interval === null ? '' : ` (95 % interval ${signed(interval[0])} to ${signed(interval[1])})`);
const fixed = (value: number): string => value.toFixed(3);
const signed = (value: number): string => `${value < 0 ? '' : '+'}${fixed(value)}`;
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} %`;
}

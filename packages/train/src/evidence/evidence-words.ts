// The words of an evidence report: the answer first, what the numbers mean, and what they do not say.
import type { Evidence } from '@forecastlab/core';
import type { Definition } from '../report/definitions.js';
import { count, formatPercent, formatTime, listWords } from '../report/formats.js';
import type { EvidenceReport } from './evidence-report.js';

type Unjudged = Omit<EvidenceReport, 'verdict'>;

/** The answer that a stranger must get within ten seconds. */
export function evidenceHeadline(report: Unjudged): Pick<EvidenceReport['verdict'], 'headline' | 'sentences'> {
  const { pooled } = report;
  if (pooled.length === 0) return { headline: 'No candidate could be judged.', sentences: ['Every candidate failed, so nothing is known.'] };
  const skilled = pooled.filter(({ verdict }) => verdict.hasSkill);
  const headline = skilled.length === 0 ? 'No measurable skill.' : skilled.length === pooled.length && pooled.length > 1 ? `Measurable skill: all ${pooled.length} candidates.` : `Measurable skill: ${listWords(skilled.map(nameOf))}${pooled.length === 1 ? '' : `, of ${pooled.length} candidates`}.`;
  return { headline, sentences: [...resultSentences(report, skilled), ...partSentences(pooled), ...marketSentences(pooled), ...syntheticSentences(report)] };
}

const nameOf = ({ candidate }: Evidence): string => candidate;

function resultSentences({ pooled, trials, markets, interval }: Unjudged, skilled: readonly Evidence[]): readonly string[] {
  const where = `On ${count(markets.length, 'market')}, over bars from ${formatTime(Math.min(...pooled.map(({ firstMs }) => firstMs)), interval)} to ${formatTime(Math.max(...pooled.map(({ lastMs }) => lastMs)), interval)} that the models had not seen`;
  const allowing = trials.total === 1 ? '' : `, allowing for all ${trials.total} candidates tried`;
  if (skilled.length > 0) return [`${where}, ${skilled.length === 1 ? 'it is' : 'they are'} better than class shares and than volatility alone at the 5 % level${allowing}. Past skill may not last.`];
  const beyondShares = pooled.filter(({ verdict }) => verdict.beatsClassShares);
  const beyondBoth = beyondShares.filter(({ verdict }) => verdict.beatsVolatility);
  if (beyondBoth.length > 0) return [`${where}, ${listWords(beyondBoth.map(nameOf))} ${beyondBoth.length === 1 ? 'is' : 'are'} better than class shares and than volatility alone by interval, but not beyond what chance gives among ${count(trials.total, 'candidate')} tried.`];
  if (beyondShares.length > 0) return [`${where}, ${listWords(beyondShares.map(nameOf))} ${beyondShares.length === 1 ? 'is' : 'are'} better than class shares, but no candidate is shown to know more than volatility alone tells.`];
  return [`${where}, no candidate is shown to be better than class shares.`];
}

/** Where the skill lies, over the candidates. */
function partSentences(pooled: readonly Evidence[]): readonly string[] {
  const touch = pooled.filter(({ verdict }) => verdict.hasTouchSkill);
  const side = pooled.filter(({ verdict }) => verdict.hasSideSkill);
  if (touch.length === 0 && side.length === 0) return [];
  const says = (which: readonly Evidence[]): string => (which.length === pooled.length ? (pooled.length === 1 ? 'the model is better than class shares' : 'every candidate is better than class shares') : which.length === 0 ? 'nothing is shown' : `${listWords(which.map(nameOf))} ${which.length === 1 ? 'is' : 'are'} better than class shares`);
  return [`At telling whether a barrier is touched, ${says(touch)}; at telling which side it is, given a touch, ${says(side)}.`];
}

function marketSentences(pooled: readonly Evidence[]): readonly string[] {
  const worse = pooled.filter(({ verdict }) => verdict.worseSymbols.length > 0);
  if (worse.length === 0) return pooled.some(({ symbols }) => symbols.length > 1) ? ['On no market is a candidate measurably worse than class shares.'] : [];
  return [`Measurably worse than class shares: ${listWords(worse.map(({ candidate, verdict }) => `${candidate} on ${listWords(verdict.worseSymbols)}`))}.`];
}

function syntheticSentences({ markets }: Unjudged): readonly string[] {
  const synthetic = markets.filter(({ isSynthetic }) => isSynthetic).map(({ symbol }) => symbol);
  return synthetic.length === 0 ? [] : [`The prices of ${listWords(synthetic)} are synthetic, made by a seeded generator with a signal planted in them: they say nothing about any real market.`];
}

/** How many were tried, other runs included. */
export function evidenceTrials({ trials: { here, earlier, total } }: EvidenceReport): string {
  if (earlier.length === 0) return total === 1 ? '1 candidate was tried on these markets.' : `${total} candidates were tried on these markets, and the adjusted p allows for all of them.`;
  const named = earlier.slice(0, 5).map(({ run, candidates }) => `${run}: ${candidates}`);
  const more = earlier.length > named.length ? `, and ${earlier.length - named.length} more` : '';
  return `${total} candidates were tried on these markets: ${here} here, the others in ${count(earlier.length, 'earlier run')} (${named.join(', ')}${more}). The adjusted p allows for all of them.`;
}

/** What each number means. */
export const EVIDENCE_DEFINITIONS: readonly Definition[] = [
  { term: 'Candidate', meaning: 'A question. T14_X8: within 14 bars, does the close first rise by 8 %, first fall by 8 %, or neither? T14_V1.5: the same for 1.5 times the move that volatility lets expect in 14 bars.' },
  { term: 'Class shares', meaning: 'How often each answer occurred in the market’s own training rows: what a forecaster says who knows nothing of the day.' },
  { term: 'Volatility alone', meaning: 'A small model of two volatilities and nothing else. Most of what can be known about a touch is how near the barrier is in units of volatility; a model must know more than that to be worth its trouble.' },
  { term: 'Skill', meaning: '1 - log loss of the model / log loss of the other, over all rows of all markets. 0 % is no better, 100 % is perfect.' },
  { term: '95 % interval', meaning: 'Range of the skill that fits the data. All markets at one time are one observation, since they move together; neighbouring times are drawn in blocks of at least twice the horizon, since their labels overlap.' },
  { term: 'Touch and side', meaning: 'The log loss is exactly the sum of two: of the answer to "is a barrier touched" and, where one is, of the answer to "which". Both are shown in points of the whole loss, so that they add up to the skill.' },
  { term: 'Best single model', meaning: 'The one with the lowest loss among those that the model combines, chosen with hindsight: to be as good as it is good already.' },
  { term: 'Diebold-Mariano p', meaning: 'A classical test of equal loss, with the correction for few observations of Harvey, Leybourne and Newbold. Two-sided; a second opinion beside the intervals.' },
  { term: 'Adjusted p', meaning: 'How often chance alone would show a candidate this good against class shares and volatility alike, among all that were tried. Below 0.05 counts as measurable.' },
  { term: 'Reliability', meaning: 'Of the rows that were given about 30 %, did about 30 % come true? Points on the diagonal are honest probabilities.' },
];

/** What a reader might take the numbers for, and should not. */
export function evidenceLimits({ pooled }: EvidenceReport): readonly string[] {
  const side = pooled.some(({ verdict }) => verdict.hasSideSkill);
  return [
    side ? 'Skill in probabilities is not profit: fees, slippage and the size of a move decide that, and none of them is in these numbers.' : 'Knowing whether a barrier is touched does not say on which side: by itself it tells how wild the next bars may be, not where the price goes. Nor is skill in probabilities profit.',
    'The test covers these markets and these years. Another market, interval or time may be different, and a market may change.',
    'A year or a market has few independent stretches: its own interval is wide, and of twenty such intervals one misses the truth.',
    '"None shown" is no proof that there is none: it says that this test does not show it.',
    'Trials are counted as far as outputs/trials.jsonl and the runs in this store tell. What was tried elsewhere, on paper or in another folder, is not in the adjusted p.',
  ];
}

/** Options by name, as text. */
export function evidenceOptions({ options, leader, forecastlab, gitCommit }: EvidenceReport): readonly (readonly [name: string, value: string])[] {
  const text = (value: unknown): string => (typeof value === 'string' ? value : value === null || value === undefined ? 'none' : JSON.stringify(value));
  return [
    ...Object.entries(options).map(([name, value]) => [name, text(value)] as const),
    ['Leading market', leader ?? 'none'],
    ['ForecastLab', gitCommit === null ? forecastlab : `${forecastlab}, commit ${gitCommit}`],
  ];
}

/** One line on a market's bars. */
export function marketLine({ bars, firstOpenMs, lastOpenMs, file, source, fingerprint }: EvidenceReport['markets'][number], interval: string): string {
  return `${bars} bars, ${formatTime(firstOpenMs, interval)} to ${formatTime(lastOpenMs, interval)}; ${file}, source ${source}, fingerprint ${fingerprint.slice(0, 16)}`;
}

/** Class counts as shares, `26.1 % / 40.0 % / 33.9 %`. */
export function classShareText({ classCounts, rows }: Evidence): string {
  return classCounts.map((n) => formatPercent(n / rows)).join(' / ');
}

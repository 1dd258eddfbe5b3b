// How often signals came true, beside what chance would give and with an interval: a bare hit rate misleads.
import type { CandidateHistory, MarketView } from '../data/dashboard-data.js';
import { percentInWords } from '../data/words.js';
import { findSignals, isJudged, rowsByBar } from './signals.js';

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964;

export interface SignalRecord {
  readonly signals: number;
  /** Signals whose outcome is known and that are a fair test, and how many of them came true. */
  readonly matured: number;
  readonly hits: number;
  /** hits / matured; null without a matured signal. */
  readonly hitShare: number | null;
  /** What the same numbers of ups and downs would reach on bars picked at random from those shown. */
  readonly chanceShare: number | null;
  /** Signals at least T bars apart: label windows that overlap are one try, not many. */
  readonly independentTries: number;
  /** 95 % interval of hitShare (Wilson's, for `independentTries` tries). */
  readonly interval: readonly [number, number] | null;
}

/** The record of a candidate's signals on the bars shown. */
export function signalRecord(market: MarketView, history: CandidateHistory): SignalRecord {
  const signals = findSignals(market, history);
  const matured = signals.filter(isJudged);
  const hits = matured.filter(({ outcome, label }) => outcome === label).length;
  let independentTries = 0;
  let lastBar = Number.NEGATIVE_INFINITY;
  for (const { bar } of matured) {
    if (bar - lastBar < history.T) continue;
    independentTries += 1;
    lastBar = bar;
  }
  if (matured.length === 0) return { signals: signals.length, matured: 0, hits: 0, hitShare: null, chanceShare: null, independentTries: 0, interval: null };
  const outcomes = rowsByBar(market, history).flatMap((row) => (row >= 0 && isJudged({ outcome: history.outcome[row], origin: history.origin[row] }) ? [history.outcome[row]] : []));
  const shareOf = (label: number): number => outcomes.filter((outcome) => outcome === label).length / outcomes.length;
  const ups = matured.filter(({ label }) => label === 1).length / matured.length;
  const hitShare = hits / matured.length;
  return {
    signals: signals.length,
    matured: matured.length,
    hits,
    hitShare,
    chanceShare: ups * shareOf(1) + (1 - ups) * shareOf(-1),
    independentTries,
    interval: wilson(hitShare, independentTries),
  };
}

/** The record as sentences. */
export function signalRecordInWords(record: SignalRecord): string {
  const { signals, matured, hits, hitShare, chanceShare, independentTries, interval } = record;
  if (signals === 0) return 'No signal on these bars.';
  const given = `${signals} ${signals === 1 ? 'signal' : 'signals'}`;
  if (hitShare === null || chanceShare === null || interval === null) return `${given}; no outcome is known yet.`;
  const verdict = interval[0] > chanceShare ? 'more than chance' : interval[1] < chanceShare ? 'less than chance' : 'not distinguishable from chance';
  return `${given}. Of the ${matured} whose outcome is known, ${hits} came true: ${percentInWords(hitShare)}, where chance gives ${percentInWords(chanceShare)}. Label windows overlap, so this counts as about ${independentTries} independent ${independentTries === 1 ? 'try' : 'tries'} (95 % interval ${percentInWords(interval[0])} to ${percentInWords(interval[1])}): ${verdict}.`;
}

/** Wilson's score interval (https://doi.org/10.1080/01621459.1927.10502953). */
function wilson(share: number, n: number): readonly [number, number] {
  const z2 = Z * Z;
  const center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return [Math.max(0, center - half), Math.min(1, center + half)];
}

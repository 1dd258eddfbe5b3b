// Signals: the bars at which an event (up or down) is more probable than anything else.
import type { CandidateHistory, ForecastOrigin, Label, MarketView } from '../data/dashboard-data.js';
import { mostProbable } from '../data/words.js';

export interface Signal {
  /** Position among the bars shown. */
  readonly bar: number;
  readonly label: -1 | 1;
  /** Probability of `label`. */
  readonly probability: number;
  /** What really happened; null while it is not known. */
  readonly outcome: Label | null;
  readonly origin: ForecastOrigin;
}

/** True when the outcome is known and the signal was a fair test: nothing after its bar had been seen. */
export function isJudged(signal: Pick<Signal, 'outcome' | 'origin'>): boolean {
  return signal.outcome !== null && signal.origin !== 'overlap';
}

/** The signals of a candidate on the bars shown, joined on open time, oldest first. */
export function findSignals(market: MarketView, history: CandidateHistory): Signal[] {
  const signals: Signal[] = [];
  const rows = rowsByBar(market, history);
  for (let bar = 0; bar < rows.length; bar += 1) {
    const row = rows[bar];
    if (row < 0) continue;
    const label = mostProbable(history.pDown[row], history.pNeutral[row], history.pUp[row]);
    if (label === 0) continue;
    signals.push({
      bar,
      label,
      probability: label === 1 ? history.pUp[row] : history.pDown[row],
      outcome: history.outcome[row],
      origin: history.origin[row],
    });
  }
  return signals;
}

/** For each bar shown the row of its history, or -1. */
export function rowsByBar(market: MarketView, history: CandidateHistory): number[] {
  const rowOf = new Map(history.openTimeMs.map((time, row) => [time, row]));
  return market.bars.openTimeMs.map((time) => rowOf.get(time) ?? -1);
}

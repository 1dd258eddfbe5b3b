// Joins what a candidate has said, from its sources, on open time. A recorded prediction counts more than a replay, a
// replay more than the walk-forward test, and that more than a replay of bars whose future training had touched.
import type { CandidateBarrier } from '@forecastlab/core';
import { barrierOf } from './bundle-view.js';
import type { CandidateHistory, ForecastOrigin, Label } from './dashboard-data.js';

/** Probabilities of down, neutral, up. */
export type Probabilities = readonly [number, number, number];

export interface HistorySources {
  /** By open time in UTC ms. */
  readonly walkForward: ReadonlyMap<number, Probabilities>;
  readonly replay: ReadonlyMap<number, Probabilities>;
  readonly overlap: ReadonlyMap<number, Probabilities>;
  readonly recorded: ReadonlyMap<number, Probabilities>;
  /** What happened, by open time; bars whose label window is not complete are absent. */
  readonly outcome: ReadonlyMap<number, Label>;
  /** The barrier of each bar as a fraction, where it is another one at every bar. */
  readonly barrier?: ReadonlyMap<number, number> | undefined;
}

const BY_RANK: readonly ForecastOrigin[] = ['recorded', 'replay', 'walk-forward', 'overlap'];

/** The history of a candidate on the bars of `openTimeMs`; bars about which nothing was said are left out. */
export function mergeHistory(candidate: { readonly name: string; readonly T: number } & CandidateBarrier, openTimeMs: ArrayLike<number>, sources: HistorySources): CandidateHistory {
  const maps = { recorded: sources.recorded, replay: sources.replay, 'walk-forward': sources.walkForward, overlap: sources.overlap };
  const rows: { time: number; origin: ForecastOrigin; p: Probabilities; outcome: Label | null }[] = [];
  for (let i = 0; i < openTimeMs.length; i += 1) {
    const time = openTimeMs[i];
    for (const origin of BY_RANK) {
      const p = maps[origin].get(time);
      if (p === undefined || !p.every(Number.isFinite)) continue;
      rows.push({ time, origin, p, outcome: sources.outcome.get(time) ?? null });
      break;
    }
  }
  const { barrier } = sources;
  return {
    candidate: candidate.name,
    T: candidate.T,
    ...barrierOf(candidate),
    openTimeMs: rows.map(({ time }) => time),
    origin: rows.map(({ origin }) => origin),
    pDown: rows.map(({ p }) => p[0]),
    pNeutral: rows.map(({ p }) => p[1]),
    pUp: rows.map(({ p }) => p[2]),
    outcome: rows.map(({ outcome }) => outcome),
    ...(barrier === undefined ? {} : { barrier: rows.map(({ time }) => barrier.get(time) ?? null) }),
  };
}

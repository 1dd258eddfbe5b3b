// The replays of a bundle whose answers are made to agree: what is computed now for earlier bars agrees as the day's prediction does.
import { agreeCandidates, barriers, type Bundle, type BundleCandidate, type Klines } from '@forecastlab/core';
import type { HistorySources, Probabilities } from './merge-history.js';

/**
 * Sources by candidate, in the bundle's order. At a bar of which some candidates are not asked, because it was a training row of theirs, the
 * others agree among themselves. Walk-forward tests and recorded predictions stay as they are. Other bundles: everything as it was.
 */
export function agreeSources({ meta }: Pick<Bundle, 'meta'>, klines: Klines, sources: readonly HistorySources[]): readonly HistorySources[] {
  if (meta.consistency !== 'monotone') return sources;
  const sizes = new Map(meta.candidates.map((candidate) => [candidate.name, barriers(klines.close, candidate)]));
  const agreed = sources.map(({ replay, overlap }) => ({ replay: new Map(replay), overlap: new Map(overlap) }));
  klines.openTimeMs.forEach((time, row) => {
    const barrierOf = ({ name }: BundleCandidate): number => sizes.get(name)?.[row] ?? Number.NaN;
    const asked = meta.candidates.flatMap((candidate, place) => {
      const source = agreed[place].replay.has(time) ? agreed[place].replay : agreed[place].overlap;
      const probabilities = source.get(time);
      return probabilities === undefined || !probabilities.every(Number.isFinite) || !(barrierOf(candidate) > 0) ? [] : [{ source, answer: { candidate, probabilities, predLabel: 0 as const, contributions: [] } }];
    });
    if (asked.length < 2) return;
    const answers = agreeCandidates(meta, asked.map(({ answer }) => answer), { barrierOf });
    asked.forEach(({ source }, i) => (source as Map<number, Probabilities>).set(time, answers[i].probabilities));
  });
  return sources.map((source, place) => ({ ...source, ...agreed[place] }));
}

// The model's skill against any baseline, from the two log losses over the same rows.
import type { CandidateReport } from '../search/search-report.js';

/** 1 - log loss of the model / log loss of the baseline; null where one has no probabilities, or the baseline was scored on some of the rows only. */
export function skillAgainst(candidate: CandidateReport, name: string): number | null {
  const scores = candidate.baselines.find((other) => other.name === name)?.scores;
  const baseline = scores?.logLoss ?? null;
  const model = candidate.pooled.logLoss;
  if (baseline === null || model === null || scores?.rows !== candidate.pooled.rows) return null;
  return model === baseline ? 0 : 1 - model / baseline;
}

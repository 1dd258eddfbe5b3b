// The plainest proof that labels are flawed: a rule that forecasts nothing, and merely reads what has happened, scores too.
import type { SearchReport } from '../search/search-report.js';
import { rankCandidates } from './best-candidate.js';
import { formatScore } from './formats.js';

/** One sentence on the best candidate that the look-back rule beats, or none. */
export function lookBackSentence({ candidates, options }: SearchReport): readonly string[] {
  if (options.labelOptions.window !== 'trailing') return [];
  for (const { name, pooled, baselines } of rankCandidates(candidates)) {
    const rule = baselines.find((baseline) => baseline.name === 'look-back')?.scores;
    if (rule?.logLoss == null || pooled.logLoss === null || rule.logLoss >= pooled.logLoss) continue;
    return [`On ${name}, a rule that needs no training and only reads what the last bars did scores better than the model: macro-F1 ${formatScore(rule.f1)} against ${formatScore(pooled.f1)}, log loss ${formatScore(rule.logLoss)} against ${formatScore(pooled.logLoss)}.`];
  }
  return [];
}

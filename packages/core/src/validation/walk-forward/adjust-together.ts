// Candidates that were evaluated one by one and are shown together: their p-values allow for each other by Holm's step-down
// (1979), so that one clear find does not stand in the way of the next.
import { skillVerdict } from '../skill/skill-verdict.js';
import type { WalkForwardEvaluation } from './walk-forward-evaluation.js';

/**
 * The evaluations, in the order given, with adjusted p-values and verdicts that allow for each other and for `otherTrials` made
 * elsewhere (as independent ones, Šidák 1967).
 */
export function adjustTogether(evaluations: readonly WalkForwardEvaluation[], { otherTrials = 0 }: { readonly otherTrials?: number } = {}): readonly WalkForwardEvaluation[] {
  const order = evaluations.map((_, place) => place).sort((a, b) => (evaluations[a].superiority.pValue ?? 1) - (evaluations[b].superiority.pValue ?? 1) || a - b);
  const adjusted = [...evaluations];
  let highest = 0;
  order.forEach((place, rank) => {
    const evaluation = evaluations[place];
    const { superiority, skill, pooled, eventBlocks } = evaluation;
    const left = evaluations.length - rank + otherTrials;
    let among = 1;
    for (let trial = 0; trial < left; trial += 1) among *= 1 - (superiority.pValue ?? 1);
    // near 0 the product rounds the p-value away
    highest = Math.max(highest, superiority.pValue ?? 0, 1 - among);
    const together = { ...superiority, adjustedPValue: superiority.pValue === null ? null : highest, trials: evaluations.length + otherTrials };
    adjusted[place] = { ...evaluation, superiority: together, verdict: skillVerdict({ skill, superiority: together, modelScores: pooled.model, baselines: pooled.baselines, eventBlocks }) };
  });
  return adjusted;
}

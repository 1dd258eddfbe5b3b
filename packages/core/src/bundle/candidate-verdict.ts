// What a candidate of a bundle is worth, in the one way in which every reader tells it: tables, predictions, dashboard.
import { isFlawed } from '../labels/label-options.js';
import type { SkillVerdict } from '../validation/walk-forward/walk-forward-evaluation.js';
import type { BundleCandidate } from './bundle-meta.js';

/**
 * The verdict of the walk-forward evaluation, unless it cannot be believed: scores of flawed labels or of an unpurged
 * evaluation are no skill, however good they look, and an unevaluated model has none to show.
 */
export function candidateVerdict({ walkForward, labelOptions }: Pick<BundleCandidate, 'walkForward' | 'labelOptions'>): SkillVerdict {
  if (walkForward === null) return { hasSkill: false, sentence: 'No measurable skill: there were too few bars for a walk-forward test, so nothing is known about its worth.' };
  const flaws = [
    ...(isFlawed(labelOptions) ? ['Flawed: its trailing labels are known, nearly whole, when the prediction is made, so these scores mean nothing.'] : []),
    ...(walkForward.isPurged ? [] : ['Flawed: training rows whose labels reach into the test were kept.']),
  ];
  const { sentence } = walkForward.verdict;
  if (flaws.length === 0) return walkForward.verdict;
  if (sentence.startsWith(flaws[0])) return { hasSkill: false, sentence }; // as createBundle stores it
  // "Measurable skill: log loss …" behind a flaw would contradict it; the numbers may stay.
  return { hasSkill: false, sentence: [...flaws, sentence.replace(/^(Measurable|No measurable) skill: /, 'For the record: ')].join(' ') };
}

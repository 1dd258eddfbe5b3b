// One plain sentence on whether a model knows more than the class shares, and than every other rule that needs no model:
// a market that has changed can make the class shares of all history worse than those of the last year, or than equal chances.
import type { SkillInterval } from './block-bootstrap.js';
import type { SuperiorityResult } from './superiority-test.js';
import type { BaselineScores, Scores, SkillVerdict } from '../walk-forward/walk-forward-evaluation.js';

/** The level of the test: of models without skill, at most so many are called skilled. */
export const SKILL_LEVEL = 0.05;

/** What each baseline is, in words. */
export const BASELINE_WORDS: Readonly<Record<BaselineScores['name'], string>> = {
  prior: 'class shares',
  recent: 'class shares of the last 365 rows',
  'last-label': 'the last known label',
  'look-back': 'the look-back rule',
  random: 'random labels',
  'equal-chances': 'equal chances for every answer',
  'shuffled-labels': 'the model on shuffled labels',
};

/** What the verdict is made of. */
export interface SkillEvidence {
  /** Against the class shares. */
  readonly skill: SkillInterval;
  readonly superiority: SuperiorityResult;
  readonly modelScores: Scores;
  readonly baselines: readonly BaselineScores[];
}

/**
 * The verdict: skill is measurable when the interval against class shares lies above 0 and no baseline is as good at SKILL_LEVEL,
 * allowing for all that was tried.
 * @example skillVerdict(evidence).sentence
 * // → 'No measurable skill: log loss 1.230 against 1.110 for class shares (skill -11.0 %, 95 % interval -15.0 % to -6.0 %).'
 */
export function skillVerdict({ skill, superiority, modelScores, baselines }: SkillEvidence): SkillVerdict {
  const lossOf = (name: string): string => fixed(baselines.find((baseline) => baseline.name === name)?.scores.logLoss ?? Number.NaN);
  const losses = `log loss ${fixed(modelScores.logLoss ?? Number.NaN)} against ${lossOf('prior')} for class shares`;
  if (skill.interval === null) {
    return { hasSkill: false, sentence: `No measurable skill: ${losses} (skill ${percent(skill.skill)}), and ${skill.rows} test bars are too few for an interval.` };
  }
  const [low, high] = skill.interval;
  const numbers = `${losses} (skill ${percent(skill.skill)}, 95 % interval ${percent(low)} to ${percent(high)})`;
  const { adjustedPValue, bestBaseline, trials } = superiority;
  const beatsAll = adjustedPValue !== null && adjustedPValue < SKILL_LEVEL;
  const tried = trials === 1 ? '' : `, allowing for ${trials} tried`;
  if (low > 0 && beatsAll) return { hasSkill: true, sentence: `Measurable skill: ${numbers}; better than every baseline (p ${pText(adjustedPValue)}${tried}).` };
  const but = skill.skill <= 0 || (low <= 0 && bestBaseline === 'prior') ? '' : `, yet not measurably better than ${BASELINE_WORDS[bestBaseline]} (${lossOf(bestBaseline)}; p ${adjustedPValue === null ? 'unknown' : pText(adjustedPValue)}${tried})`;
  return { hasSkill: false, sentence: `No measurable skill: ${numbers}${but}.` };
}

const fixed = (value: number): string => value.toFixed(3);
const pText = (p: number): string => (p < 0.001 ? 'below 0.001' : `= ${p.toFixed(3)}`);

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} %`;
}

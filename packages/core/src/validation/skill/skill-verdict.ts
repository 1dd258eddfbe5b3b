// One plain sentence on whether a model knows more than the class shares, and than every other rule that needs no model:
// a market that has changed can make the class shares of all history worse than those of the last year, or than equal chances.
import { LEAST_EVENT_BLOCKS } from './has-enough-events.js';
import type { SkillInterval } from './block-bootstrap.js';
import type { SuperiorityResult } from './superiority-test.js';
import type { BaselineScores, Scores, SkillVerdict } from '../walk-forward/walk-forward-evaluation.js';

/** The level of the test, two-sided: of models without skill, at most so many are called skilled. */
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
  volatility: 'knowing the volatility alone',
  'volatility-recipe': 'volatility alone by the recipe of the presets',
};

/** What the verdict is made of. */
export interface SkillEvidence {
  /** Against the class shares. */
  readonly skill: SkillInterval;
  readonly superiority: SuperiorityResult;
  readonly modelScores: Scores;
  readonly baselines: readonly BaselineScores[];
  /** Of countEventBlocks. */
  readonly eventBlocks: number;
}

/**
 * The verdict: skill is measurable when no baseline is as good at SKILL_LEVEL, allowing for all that was tried; the interval
 * against class shares lies above 0 then.
 * @example skillVerdict(evidence).sentence
 * // → 'No measurable skill: log loss 1.230 against 1.110 for class shares (skill -11.0 %, 95 % interval -15.0 % to -6.0 %).'
 */
export function skillVerdict({ skill, superiority, modelScores, baselines, eventBlocks }: SkillEvidence): SkillVerdict {
  const lossOf = (name: string): string => fixed(baselines.find((baseline) => baseline.name === name)?.scores.logLoss ?? Number.NaN);
  const losses = `log loss ${fixed(modelScores.logLoss ?? Number.NaN)} against ${lossOf('prior')} for class shares`;
  const none = (reason: string): SkillVerdict => ({ hasSkill: false, sentence: `No measurable skill: ${losses} (skill ${percent(skill.skill)}${reason}.` });
  if (eventBlocks < LEAST_EVENT_BLOCKS) {
    const seen = eventBlocks === 0 ? 'all test bars had the same answer' : `only ${eventBlocks} stretch${eventBlocks === 1 ? '' : 'es'} of the test had more than one answer`;
    return none(`), but ${seen}, which is too little to tell`);
  }
  if (skill.interval === null) return none(`), and ${skill.rows} test bars are too few for an interval`);
  const [low, high] = skill.interval;
  const numbers = `, 95 % interval ${percent(low)} to ${percent(high)})`;
  const { pValue, adjustedPValue, hardestBaseline, trials } = superiority;
  const tried = trials === 1 ? '' : `, allowing for ${trials} tried`;
  if (low > 0 && adjustedPValue !== null && adjustedPValue < SKILL_LEVEL) {
    return { hasSkill: true, sentence: `Measurable skill: ${losses} (skill ${percent(skill.skill)}${numbers}; better than every baseline (p ${pText(adjustedPValue)}${tried}).` };
  }
  if (skill.skill <= 0 || pValue === null || adjustedPValue === null) return none(numbers);
  if (pValue < SKILL_LEVEL) return none(`${numbers}, yet the best of ${trials} tried may look so by chance (p ${pText(adjustedPValue)}; of this one alone p ${pText(pValue)})`);
  return none(`${numbers}, ${low > 0 ? 'yet' : 'and'} not measurably better than ${BASELINE_WORDS[hardestBaseline]} (${lossOf(hardestBaseline)}; p ${pText(pValue)})`);
}

const fixed = (value: number): string => value.toFixed(3);
const pText = (p: number): string => (p < 0.001 ? 'below 0.001' : `= ${p.toFixed(3)}`);

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} %`;
}

// One plain sentence on whether a model knows more than the class shares.
import type { SkillInterval } from './block-bootstrap.js';
import type { SkillVerdict } from './walk-forward-evaluation.js';

/**
 * The verdict for a skill interval; the two mean log losses only appear in the sentence.
 * @example skillVerdict({ skill: -0.11, interval: [-0.15, -0.06], blockLength: 42, rows: 1323 }, 1.23, 1.11).sentence
 * // → 'No measurable skill: log loss 1.230 against 1.110 for class shares (skill -11.0 %, 95 % interval -15.0 % to -6.0 %).'
 */
export function skillVerdict(skill: SkillInterval, modelLogLoss: number, priorLogLoss: number): SkillVerdict {
  const losses = `log loss ${modelLogLoss.toFixed(3)} against ${priorLogLoss.toFixed(3)} for class shares`;
  if (skill.interval === null) {
    return {
      hasSkill: false,
      sentence: `No measurable skill: ${losses} (skill ${percent(skill.skill)}), and ${skill.rows} test bars are too few for an interval.`,
    };
  }
  const [low, high] = skill.interval;
  const hasSkill = low > 0;
  return {
    hasSkill,
    sentence: `${hasSkill ? 'Measurable skill' : 'No measurable skill'}: ${losses} (skill ${percent(skill.skill)}, 95 % interval ${percent(low)} to ${percent(high)}).`,
  };
}

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} %`;
}

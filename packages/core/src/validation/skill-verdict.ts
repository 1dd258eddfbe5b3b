// One plain sentence on whether a model knows more than the class shares, and than nothing at all: a market that has
// calmed down, or a short training window, can make the class shares worse than equal chances for every answer.
import { log } from '../numeric/log.js';
import type { SkillInterval } from './block-bootstrap.js';
import type { SkillVerdict } from './walk-forward-evaluation.js';

/**
 * The verdict for a skill interval; the two mean log losses only appear in the sentence.
 * `equalChances`: the skill against 1/3 for every class over the same rows; it must be measurable too.
 * @example skillVerdict({ skill: -0.11, interval: [-0.15, -0.06], blockLength: 42, rows: 1323 }, 1.23, 1.11, equalChances).sentence
 * // → 'No measurable skill: log loss 1.230 against 1.110 for class shares (skill -11.0 %, 95 % interval -15.0 % to -6.0 %).'
 */
export function skillVerdict(skill: SkillInterval, modelLogLoss: number, priorLogLoss: number, equalChances: SkillInterval): SkillVerdict {
  const losses = `log loss ${modelLogLoss.toFixed(3)} against ${priorLogLoss.toFixed(3)} for class shares`;
  if (skill.interval === null) {
    return {
      hasSkill: false,
      sentence: `No measurable skill: ${losses} (skill ${percent(skill.skill)}), and ${skill.rows} test bars are too few for an interval.`,
    };
  }
  const [low, high] = skill.interval;
  const beatsShares = low > 0;
  const beatsChance = equalChances.interval !== null && equalChances.interval[0] > 0;
  const hasSkill = beatsShares && beatsChance;
  const numbers = `${losses} (skill ${percent(skill.skill)}, 95 % interval ${percent(low)} to ${percent(high)})`;
  const butNot = beatsShares && !beatsChance ? `, yet not measurably better than equal chances for every answer (${log(3).toFixed(3)})` : '';
  return { hasSkill, sentence: `${hasSkill ? 'Measurable skill' : 'No measurable skill'}: ${numbers}${butNot}.` };
}

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text === '-0.0' ? '0.0' : text} %`;
}

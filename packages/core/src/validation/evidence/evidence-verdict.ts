// The evidence in plain sentences: is there skill beyond class shares and beyond volatility alone, and in which part of the question?
import { LEAST_EVENT_BLOCKS } from '../skill/has-enough-events.js';
import { SKILL_LEVEL } from '../skill/skill-verdict.js';
import type { SkillInterval } from '../skill/block-bootstrap.js';
import type { Evidence, EvidenceVerdict, PartSkill } from './evidence.js';

/**
 * The verdict on everything else of the evidence. Skill is measurable when the intervals against class shares, volatility alone and
 * every other baseline lie above 0 and none is as good at SKILL_LEVEL, allowing for all that was tried.
 * @example evidenceVerdict(evidence).sentence // → 'No measurable skill: log loss 1.082 against 1.080 for class shares (skill -0.2 %, …'
 */
export function evidenceVerdict(evidence: Omit<Evidence, 'verdict'>): EvidenceVerdict {
  const { comparisons, superiority, parts, bySymbol } = evidence;
  const [shares, volatility] = ['class-shares', 'volatility'].map((name) => comparisons.find((comparison) => comparison.name === name)?.skill);
  const unbeaten = comparisons.filter(({ role, skill }) => role === 'baseline' && !isAbove(skill)).map(({ name }) => name);
  const beatsClassShares = shares !== undefined && !unbeaten.some((name) => name.endsWith('-shares'));
  const beatsVolatility = volatility !== undefined && !unbeaten.some((name) => name.startsWith('volatility'));
  const isNotChance = superiority.adjustedPValue !== null && superiority.adjustedPValue < SKILL_LEVEL;
  const hasSkill = beatsClassShares && beatsVolatility && isNotChance;
  const worseSymbols = bySymbol.filter(({ isWorse }) => isWorse).map(({ name }) => name);
  return {
    hasSkill,
    beatsClassShares,
    beatsVolatility,
    hasTouchSkill: parts.length > 0 && isAbove(parts[0].touch.ofTotal),
    hasSideSkill: parts.length > 0 && isAbove(parts[0].side.ofTotal),
    worseSymbols,
    sentence: [
      `${hasSkill ? 'Measurable skill' : 'No measurable skill'}: ${numbers(evidence, shares, volatility)}; ${reason(evidence, unbeaten)}.`,
      ...partSentences(evidence, shares),
      ...(worseSymbols.length === 0 ? [] : [`Worse than class shares, beyond chance, on ${worseSymbols.join(', ')}.`]),
    ].join(' '),
  };
}

/** The baselines of a record in words. */
export const EVIDENCE_BASELINE_WORDS: Readonly<Record<string, string>> = {
  'class-shares': 'class shares',
  'recent-shares': 'class shares of the last 365 rows',
  volatility: 'volatility alone',
  'volatility-recipe': 'volatility alone by the recipe of the presets',
};

/** An interval above 0. */
const isAbove = ({ interval }: SkillInterval): boolean => interval !== null && interval[0] > 0;

function numbers({ forecasts }: Omit<Evidence, 'verdict'>, shares?: SkillInterval, volatility?: SkillInterval): string {
  const lossOf = (name: string): string => (forecasts.find((forecast) => forecast.name === name)?.logLoss ?? Number.NaN).toFixed(3);
  const against = (name: string, words: string, skill?: SkillInterval): string[] =>
    skill === undefined ? [] : [`${lossOf(name)} for ${words} (skill ${percent(skill.skill)}${skill.interval === null ? '' : `, 95 % interval ${percent(skill.interval[0])} to ${percent(skill.interval[1])}`})`];
  return `log loss ${lossOf('model')} against ${[...against('class-shares', 'class shares', shares), ...against('volatility', 'volatility alone', volatility)].join(' and ')}`;
}

function reason({ eventBlocks, times, superiority, comparisons }: Omit<Evidence, 'verdict'>, unbeaten: readonly string[]): string {
  const { pValue, adjustedPValue, trials } = superiority;
  if (eventBlocks < LEAST_EVENT_BLOCKS) return `${eventBlocks === 0 ? 'all rows had the same answer' : `only ${eventBlocks} stretch${eventBlocks === 1 ? '' : 'es'} of the test had more than one answer`}, which is too little to tell`;
  if (pValue === null || adjustedPValue === null) return `${times} times are too few to tell`;
  const hasVolatility = comparisons.some(({ name }) => name === 'volatility');
  if (unbeaten.includes('class-shares')) return 'not measurably better than class shares';
  if (!hasVolatility) return 'it was not compared with volatility alone';
  if (unbeaten.length > 0) return `better than class shares, but not measurably better than ${unbeaten.map((name) => EVIDENCE_BASELINE_WORDS[name] ?? name).join(' or ')}`;
  const tried = trials === 1 ? '' : `, allowing for ${trials} tried`;
  if (adjustedPValue < SKILL_LEVEL) return `better than every baseline (p ${pText(adjustedPValue)}${tried})`;
  return `better than every baseline by itself (p ${pText(pValue)}), yet the best of ${trials} tried may look so by chance (p ${pText(adjustedPValue)})`;
}

/** Which part the points of skill against class shares come from. */
function partSentences({ parts }: Omit<Evidence, 'verdict'>, shares?: SkillInterval): readonly string[] {
  const [first] = parts;
  if (first === undefined || shares === undefined || shares.interval === null) return [];
  const { touch, side } = first;
  return [`Of the ${points(shares.skill)} points against class shares, ${points(touch.ofTotal.skill)} are in whether a barrier is touched (${shown(touch)}) and ${points(side.ofTotal.skill)} in which side, given a touch (${shown(side)}).`];
}

function shown({ ofTotal }: PartSkill): string {
  if (ofTotal.interval === null) return 'too little to tell';
  const [low, high] = ofTotal.interval;
  const word = low > 0 ? 'shown' : high < 0 ? 'worse than class shares' : 'none shown';
  return `${word}: ${points(low)} to ${points(high)}`;
}

const pText = (p: number): string => (p < 0.001 ? 'below 0.001' : `= ${p.toFixed(3)}`);
const percent = (share: number): string => `${points(share)} %`;

function points(share: number): string {
  const text = (100 * share).toFixed(1);
  return text === '-0.0' ? '0.0' : text;
}

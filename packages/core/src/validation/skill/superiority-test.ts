// Is a model better than every baseline, among all that were tried? Each pair of candidate and baseline has a p-value that allows for
// overlapping labels (gain-test.ts). A candidate must beat all its baselines (intersection-union: Berger 1982). The best of many looks good by chance:
// family-wise p-values by step-down over all pairs, whose dependence comes from blocks of bars drawn for all pairs alike (Romano and
// Wolf 2005, https://doi.org/10.1198/016214504000000539; with p-values as statistics: Westfall and Young 1993).
import { ForecastLabError, optionError } from '../../errors.js';
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';
import { blockLengthFor, DEFAULT_SAMPLES, lossGains, skillInterval } from './block-bootstrap.js';
import type { SkillInterval } from './block-bootstrap.js';
import { checkLengths } from '../metrics/classification-scores.js';
import type { BaselineName } from '../baselines/fold-baselines.js';
import { gainTest } from './gain-test.js';
import { jointStatistics } from './joint-statistics.js';
import type { GainColumn } from './joint-statistics.js';
import { mean } from '../metrics/probability-scores.js';
import { stepDown } from './step-down.js';

/** `Name`: what the baselines may be called. */
export interface SuperiorityCandidate<Name extends string = BaselineName> {
  readonly name: string;
  /** Horizon in bars. */
  readonly T: number;
  /** [rows] bar index of each row, ascending: candidates may have different rows of the same bars. */
  readonly bars: ArrayLike<number>;
  /** [rows] losses of the model, 0 or above. */
  readonly modelLosses: Float64Array;
  /** Losses [rows] of each baseline. At least one. */
  readonly baselineLosses: readonly { readonly name: Name; readonly losses: Float64Array }[];
  /** False when so few events occurred that no test can be trusted: see hasEnoughEvents. Default: true. */
  readonly isTestable?: boolean;
}

export interface SuperiorityOptions {
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
  /** Bootstrap samples. Default: 2000. */
  readonly samples?: number;
  /** Candidates tried elsewhere on the same question, such as in earlier searches: each could have been the lucky one. Default: 0. */
  readonly otherTrials?: number;
}

/** JSON-safe. */
export interface SuperiorityResult<Name extends string = BaselineName> {
  readonly name: string;
  /**
   * That the model is no better than some baseline: the largest over its baselines. Two-sided, so that below 0.05 goes with a
   * 95 % interval above 0. Null with too few blocks of rows, or too few events.
   */
  readonly pValue: number | null;
  /** The same allowing for all candidates and for `otherTrials`. */
  readonly adjustedPValue: number | null;
  /** Candidates and other trials that `adjustedPValue` allows for. */
  readonly trials: number;
  /** The baseline of lowest mean loss; the first of equals. */
  readonly bestBaseline: Name;
  /** The baseline that `pValue` is of: the one that is hardest to tell from the model. */
  readonly hardestBaseline: Name;
  /** Mean loss of the best baseline less that of the model. */
  readonly gain: number;
  /** Skill against the best baseline, with its interval. */
  readonly skillAgainstBest: SkillInterval;
}

/**
 * Tests every candidate against all its baselines, and all candidates together. [candidates], in the order given.
 * `otherTrials` enter as in Šidák's correction: 1 - (1 - p of this family) (1 - p alone)^otherTrials.
 * Throws BAD_DATA when columns disagree in length or bars do not rise, BAD_OPTION on options.
 * @example superiorityTest([{ name: 'T21_X8', T: 21, bars, modelLosses, baselineLosses: [{ name: 'prior', losses }] }], { seed: 1 })[0].adjustedPValue
 */
export function superiorityTest<Name extends string = BaselineName>(candidates: readonly SuperiorityCandidate<Name>[], options: SuperiorityOptions): readonly SuperiorityResult<Name>[] {
  const { seed, samples = DEFAULT_SAMPLES, otherTrials = 0 } = options;
  if (!Number.isSafeInteger(samples) || samples < 100) throw optionError('superiorityTest', 'samples', 'an integer of at least 100', samples);
  if (!Number.isSafeInteger(otherTrials) || otherTrials < 0) throw optionError('superiorityTest', 'otherTrials', 'an integer of at least 0', otherTrials);
  candidates.forEach(checkCandidate);
  const pairs = candidates.flatMap((candidate) => pairsOf(candidate, seed, samples));
  const tested = pairs.filter((pair): pair is TestedPair<Name> => pair.pValue !== null);
  const adjusted = stepDown(
    tested.map(({ pValue }) => pValue),
    jointStatistics(tested, Math.max(1, ...candidates.map(({ T }) => T)), samples, seed),
  );
  return candidates.map((candidate): SuperiorityResult<Name> => {
    const own = pairs.filter((pair) => pair.candidate === candidate);
    const best = own.reduce((lowest, pair) => (pair.meanLoss < lowest.meanLoss ? pair : lowest));
    const pValue = own.some((pair) => pair.pValue === null) ? null : Math.max(...own.map((pair) => pair.pValue as number));
    const inFamily = Math.max(...tested.map((pair, i) => (pair.candidate === candidate ? adjusted[i] : 0)));
    const hardest = own.reduce((highest, pair) => ((pair.pValue ?? 1) > (highest.pValue ?? 1) ? pair : highest), best);
    const untested = candidates.length - new Set(tested.map((pair) => pair.candidate)).size;
    return {
      name: candidate.name,
      pValue,
      adjustedPValue: pValue === null ? null : withOthers(inFamily, pValue, otherTrials + untested),
      trials: candidates.length + otherTrials,
      bestBaseline: best.name,
      hardestBaseline: hardest.name,
      gain: mean(best.gains),
      skillAgainstBest: withoutInterval(skillInterval(candidate.modelLosses, best.losses, { blockLength: best.blockLength, seed, samples }), candidate.isTestable),
    };
  });
}

/** A skill whose interval could not be trusted is told without one. */
export function withoutInterval(skill: SkillInterval, isTestable = true): SkillInterval {
  return isTestable ? skill : { ...skill, interval: null };
}

const bothSides = (oneSided: number): number => Math.min(1, 2 * oneSided);

interface Pair<Name extends string> extends GainColumn {
  readonly candidate: SuperiorityCandidate<Name>;
  readonly name: Name;
  readonly losses: Float64Array;
  readonly meanLoss: number;
  readonly blockLength: number;
  readonly pValue: number | null;
}

type TestedPair<Name extends string> = Pair<Name> & { readonly pValue: number };

function pairsOf<Name extends string>(candidate: SuperiorityCandidate<Name>, seed: number, samples: number): Pair<Name>[] {
  const { bars, modelLosses, baselineLosses, T, isTestable = true } = candidate;
  const blockLength = blockLengthFor(bars.length, T);
  return baselineLosses.map(({ name, losses }) => {
    const gains = lossGains(modelLosses, losses);
    const test = isTestable ? gainTest(gains, { blockLength, seed, samples }) : null;
    const pValue = test === null ? null : bothSides(test.pValue);
    return { candidate, name, losses, bars, gains, meanLoss: mean(losses), blockLength, pValue };
  });
}

function checkCandidate({ name, bars, modelLosses, baselineLosses }: SuperiorityCandidate<string>): void {
  if (baselineLosses.length === 0) throw new ForecastLabError('BAD_DATA', `${name} has no baseline to be tested against.`);
  for (const { losses } of baselineLosses) checkLengths(bars.length, losses.length, 'losses of a baseline');
  checkLengths(bars.length, modelLosses.length, 'losses of the model');
  for (let row = 1; row < bars.length; row += 1) {
    if (!(bars[row] > bars[row - 1])) throw new ForecastLabError('BAD_DATA', `The bars of ${name} must rise. Got ${bars[row]} after ${bars[row - 1]} in row ${row}.`);
  }
}

/** The chance that this family or one of `others` independent tests gives a p-value as small. */
function withOthers(inFamily: number, pValue: number, others: number): number {
  if (others === 0) return inFamily;
  return Math.max(inFamily, 1 - (1 - inFamily) * exp(others * log(1 - pValue)));
}

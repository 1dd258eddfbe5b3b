// What a two-part model is made of: checked hyper-parameters with defaults.
import { optionError } from '../../errors.js';
import { checkOptions } from '../../trees/option-rules.js';
import type { OptionRules } from '../../trees/option-rules.js';
import type { ClassifierKind } from '../classifier.js';
import { type NestedKinds, resolveInside } from '../nested/nested-kinds.js';

/** One of the two models. */
export interface PartParams {
  /** Name of a single kind of model: not two-part, log-pool or tuned. */
  readonly kind: string;
  /** Its hyper-parameters. Default: its own. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Names of the features that it is given. Default: all. */
  readonly features?: readonly string[];
}

/** Hyper-parameters of `two-part`. */
export interface TwoPartParams {
  /** The model of whether the barrier is touched, fitted on all rows. Default: logistic with C = 0.001, strongly penalised. */
  readonly touch?: PartParams;
  /** The model of which side, given a touch; fitted on touched rows alone. Default: prior, the share of ups. */
  readonly side?: PartParams;
  /**
   * How much of what the side's model says beyond the share of ups is believed, 0 to 1: its log-odds are drawn to those of the share.
   * Default: 1 for a prior, which says nothing beyond; 0.25 for others, because sides are hard to tell and easy to overfit.
   */
  readonly sideWeight?: number;
  /**
   * Name of a feature that is itself the log-odds of up against down given a touch, such as a random walk's: the side's model is fitted
   * on top of it rather than of offsets, and its share of ups as well. Missing values count as 0. Default: none.
   */
  readonly sideOdds?: string | null;
  /**
   * The side's constant, from the share of ups on top of what is known (offsets, `sideOdds`), is drawn to 0 as if so many touched rows had
   * agreed with what is known. Default: 0, the share as it is.
   */
  readonly sideRows?: number;
  /**
   * Rows count half as much for so many bars of age, in both parts: markets change. Needs `rows` of the data, else its rows count as bars.
   * Default: none; all ages count alike where neither this nor `halfLifeShare` is given.
   */
  readonly halfLifeBars?: number;
  /** The half-life as a share of the bars from the first row to the last, above 0; of both the longer counts, so that long histories are used. */
  readonly halfLifeShare?: number;
  /** Rows kept free before validation rows; handed to the parts that validate on their newest rows. Default: none. */
  readonly validationGap?: number;
}

/** A part with its kind found. */
export interface ResolvedPart {
  readonly kind: ClassifierKind;
  readonly params: Readonly<Record<string, unknown>>;
  /** Undefined for all. */
  readonly features: readonly string[] | undefined;
}

export interface ResolvedTwoPart {
  readonly touch: ResolvedPart;
  readonly side: ResolvedPart;
  readonly sideWeight: number;
  readonly sideOdds: string | undefined;
  readonly sideRows: number;
  /** Null for all ages alike. */
  readonly halfLife: { readonly bars: number; readonly share: number } | null;
}

const WHERE = 'TWO_PART.fit';

/** For some 17,000 daily rows of six markets, labels of which overlap, and forty features: chosen on bars before 2022, where 0.003 was worse. */
const DEFAULT_TOUCH: PartParams = { kind: 'logistic', params: { C: 0.001 } };
const DEFAULT_SIDE: PartParams = { kind: 'prior' };

/** Sides that features tell of are mostly luck. */
const CAUTIOUS_SIDE_WEIGHT = 0.25;

const isNameList = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string') && new Set(value).size === value.length);

const isPart = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && Object.keys(value).every((name) => name === 'kind' || name === 'params' || name === 'features') && (!('params' in value) || value.params === undefined || (typeof value.params === 'object' && value.params !== null)) && (!('features' in value) || isNameList(value.features));

const RULES: OptionRules<TwoPartParams> = {
  touch: { kind: 'custom', default: DEFAULT_TOUCH, rule: 'an object with the `kind` of a model and, if need be, its `params` and a list of `features`', accepts: isPart },
  side: { kind: 'custom', default: DEFAULT_SIDE, rule: 'an object with the `kind` of a model and, if need be, its `params` and a list of `features`', accepts: isPart },
  sideWeight: { kind: 'custom', default: undefined, rule: 'a number from 0 to 1', accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1 },
  sideOdds: { kind: 'custom', default: null, rule: 'the name of a feature', accepts: (value) => value === null || (typeof value === 'string' && value !== '') },
  sideRows: { kind: 'number', default: 0, min: 0, max: 1e12 },
  halfLifeBars: { kind: 'number', default: 0, min: 0, max: 1e9 },
  halfLifeShare: { kind: 'number', default: 0, min: 0, max: 1e3 },
  validationGap: { kind: 'custom', default: undefined, rule: 'an integer of at least 0', accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0 },
};

/** The hyper-parameters with defaults and kinds. Throws BAD_OPTION. */
export function resolveTwoPart(params: object | undefined, kinds: NestedKinds): ResolvedTwoPart {
  const checked = checkOptions<TwoPartParams>(WHERE, RULES, params);
  const partOf = (name: 'touch' | 'side'): ResolvedPart => {
    const part = checked[name];
    const kind = resolveInside(WHERE, `${name}.kind`, 'two-part', part.kind, kinds);
    const isGapGiven = (checked.validationGap as number | undefined) !== undefined && kind.needsValidationGap?.(part.params) === true;
    return { kind, params: { ...(isGapGiven ? { validationGap: checked.validationGap } : {}), ...part.params }, features: part.features };
  };
  const side = partOf('side');
  const sideOdds = checked.sideOdds ?? undefined;
  if (sideOdds !== undefined && side.kind.takesOffsets !== true) throw optionError(WHERE, 'sideOdds', `left out with a ${side.kind.kind} model for the side, which takes no offsets`, sideOdds, 'Take a kind such as prior, logistic or gbdt.');
  return {
    touch: partOf('touch'),
    side,
    sideWeight: (checked.sideWeight as number | undefined) ?? (side.kind.kind === 'prior' ? 1 : CAUTIOUS_SIDE_WEIGHT),
    sideOdds,
    sideRows: checked.sideRows,
    halfLife: checked.halfLifeBars === 0 && checked.halfLifeShare === 0 ? null : { bars: checked.halfLifeBars, share: checked.halfLifeShare },
  };
}

/** True when a part keeps its newest rows back. What is wrong with the params is told by the fit. */
export function needsGapInside(params: object | undefined, kinds: NestedKinds): boolean {
  const { touch, side } = (params ?? {}) as TwoPartParams;
  return [touch, side].some((part) => part !== undefined && isPart(part) && kinds.resolve(part.kind).needsValidationGap?.(part.params) === true);
}

/** Throws BAD_OPTION when the params name a feature that the data have not. */
export function checkFeatureNames({ touch, side, sideOdds }: Pick<ResolvedTwoPart, 'touch' | 'side' | 'sideOdds'>, names: readonly string[]): void {
  const named = { 'touch.features': touch.features ?? [], 'side.features': side.features ?? [], sideOdds: sideOdds === undefined ? [] : [sideOdds] };
  for (const [option, wanted] of Object.entries(named)) {
    const missing = wanted.find((name) => !names.includes(name));
    if (missing === undefined) continue;
    throw optionError(WHERE, option, `${option === 'sideOdds' ? 'a feature' : 'a list of features'} of the data (${names.join(', ')})`, missing, 'The presets small-data and pooled need the feature set market.');
  }
}

// What out-of-sample forecasts of one candidate prove and do not prove: the types that reports and bundles read. All JSON-safe.
import type { ReliabilityCurve } from '../metrics/reliability-curve.js';
import type { SkillInterval } from '../skill/block-bootstrap.js';
import type { DieboldMariano } from './diebold-mariano.js';
import type { RecordedForecast } from './forecast-record.js';

/** One forecast of the record over all its rows. */
export interface ForecastScores {
  readonly name: string;
  readonly role: RecordedForecast['role'];
  /** Mean log loss in nats. */
  readonly logLoss: number;
  /** Multi-class Brier score, 0 to 2. */
  readonly brier: number;
}

/** The model against one other forecast. */
export interface ForecastComparison {
  readonly name: string;
  readonly role: RecordedForecast['role'];
  /** 1 - mean loss of the model / mean loss of the other. `blockLength` counts times (bars of all markets), `rows` rows. */
  readonly skill: SkillInterval;
  /** Null where it cannot be computed. */
  readonly dieboldMariano: DieboldMariano | null;
}

/** One part of the loss. */
export interface PartSkill {
  /** Mean loss of the part, in nats per row. */
  readonly modelLoss: number;
  readonly baselineLoss: number;
  /** The part's gain as a share of the baseline's whole loss: both parts add up to the skill. */
  readonly ofTotal: SkillInterval;
  /** The part's gain as a share of the baseline's loss in that part. */
  readonly ofPart: SkillInterval;
}

/** Where the skill against one baseline lies. */
export interface PartSkills {
  readonly against: string;
  /** Is a barrier touched? */
  readonly touch: PartSkill;
  /** Which one, given that one is touched? */
  readonly side: PartSkill;
}

/** Skill on some of the rows: one market, one year, calm bars. */
export interface GroupSkill {
  readonly name: string;
  readonly rows: number;
  readonly logLoss: number;
  /** Share of the rows that touched a barrier. */
  readonly touched: number;
  readonly againstClassShares: SkillInterval;
  /** Null when the record has no such baseline. */
  readonly againstVolatility: SkillInterval | null;
  /** The interval against class shares lies below 0. */
  readonly isWorse: boolean;
}

export interface EventReliability {
  /** Is a barrier touched? */
  readonly touched: ReliabilityCurve;
  /** Is it the upper one, given a touch? Null when none was touched. */
  readonly up: ReliabilityCurve | null;
  /** One per class, in CLASSES order. */
  readonly classes: readonly ReliabilityCurve[];
  /** Mean distance between what was said and what happened: of `touched` and `up` over the bins of their curves, of the most probable class as calibrationError. */
  readonly calibrationError: { readonly touched: number; readonly up: number | null; readonly answer: number };
}

/** Whether the model is better than class shares and than volatility alone. */
export interface EvidenceSuperiority {
  /** Two-sided: that the model is no better than the one that is hardest to beat. Null with too few times or events. */
  readonly pValue: number | null;
  /** Allowing for the candidates analyzed together and for all other trials. */
  readonly adjustedPValue: number | null;
  /** How many `adjustedPValue` allows for. */
  readonly trials: number;
  readonly hardestBaseline: string;
}

export interface EvidenceVerdict {
  /** True only when it beats class shares and volatility alone, each interval above 0, and both at 5 % allowing for all that was tried. */
  readonly hasSkill: boolean;
  /** The interval against that baseline lies above 0. */
  readonly beatsClassShares: boolean;
  readonly beatsVolatility: boolean;
  /** The same of the two parts, against class shares. */
  readonly hasTouchSkill: boolean;
  readonly hasSideSkill: boolean;
  /** Markets whose interval against class shares lies below 0. */
  readonly worseSymbols: readonly string[];
  /** Plain sentences with the numbers, the answer first. */
  readonly sentence: string;
}

/** The evidence on one candidate. */
export interface Evidence {
  readonly candidate: string;
  /** Horizon in bars. */
  readonly T: number;
  readonly intervalMs: number;
  readonly symbols: readonly string[];
  readonly rows: number;
  /** Distinct open times. */
  readonly times: number;
  readonly folds: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** In CLASSES order. */
  readonly classCounts: readonly number[];
  /** Blocks of time with more than one answer. */
  readonly eventBlocks: number;
  /** As in the record: the model first. */
  readonly forecasts: readonly ForecastScores[];
  /** The model against each other forecast, in the same order. */
  readonly comparisons: readonly ForecastComparison[];
  /** The single model of lowest mean loss, chosen with hindsight; null without members. */
  readonly bestMember: string | null;
  /** Against class shares, then against volatility where the record has it. */
  readonly parts: readonly PartSkills[];
  readonly superiority: EvidenceSuperiority;
  readonly bySymbol: readonly GroupSkill[];
  /** UTC years of the bars. */
  readonly byYear: readonly GroupSkill[];
  /** Thirds of the bars of each market by its volatility, over all its rows; rows of unknown volatility are in none. */
  readonly byRegime: readonly GroupSkill[];
  /** Thirds of all rows by barrier / (volatility × √T); empty where that does not vary, as for barriers in units of volatility. */
  readonly byDistance: readonly GroupSkill[];
  readonly reliability: EventReliability;
  readonly verdict: EvidenceVerdict;
}

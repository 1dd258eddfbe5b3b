// What meta.json says about a bundle. Times are ISO 8601 in UTC; a missing number is null, because JSON has no NaN.
import type { AnswerReference } from '../drift/answer-reference.js';
import type { DistributionReference } from '../drift/distribution-reference.js';
import type { ResolvedLabelOptions } from '../labels/label-options.js';
import type { CalibrationSummary } from '../models/calibration/calibration-method.js';
import type { ModelKind } from '../models/classifier.js';
import type { ForecastComparison, GroupSkill } from '../validation/evidence/evidence.js';
import type { SkillInterval } from '../validation/skill/block-bootstrap.js';
import type { SuperiorityResult } from '../validation/skill/superiority-test.js';
import type { BaselineScores, Scores, SkillVerdict } from '../validation/walk-forward/walk-forward-evaluation.js';

/**
 * Raised when a field changes its meaning or a bundle holds what older readers refuse. A reader refuses higher versions; unknown fields are
 * passed over. 2: a model card, models made of models, barriers in units of volatility.
 */
export const BUNDLE_SCHEMA_VERSION = 2;

/** Versions that are read. */
export const BUNDLE_SCHEMA_VERSIONS = [1, 2] as const;

/** The market data that a bundle was trained on. */
export interface BundleData {
  /** Where it came from: `rest`, `dumps`, `file`, `sample`, ... */
  readonly source: string;
  /** True when the prices were made by the sample market. */
  readonly synthetic: boolean;
  /** sha256 of the bars (fingerprintKlines). */
  readonly fingerprint: string;
  /** Bars. */
  readonly rows: number;
  /** Open time of the first and last bar. */
  readonly firstOpenTime: string;
  readonly lastOpenTime: string;
  /** Name of the file, without folders; null when it came from elsewhere. */
  readonly file: string | null;
}

/** One of several markets that a bundle was trained on. */
export interface BundleSymbol extends BundleData {
  readonly symbol: string;
}

/** The training rows of one market, of several. */
export interface BundleSymbolRows {
  readonly symbol: string;
  readonly rows: number;
  /** In CLASSES order. */
  readonly classCounts: readonly [number, number, number];
  /** Open time of its first and last training row. */
  readonly firstOpenTime: string;
  readonly lastOpenTime: string;
}

/** Skill on the rows of one market. */
export type BundleGroup = Pick<GroupSkill, 'name' | 'rows' | 'logLoss' | 'touched' | 'againstClassShares' | 'againstVolatility' | 'isWorse'>;

/** The points of skill against one baseline that are in "is a barrier touched" and in "which side, given a touch". */
export interface BundleParts {
  readonly against: string;
  readonly touch: SkillInterval;
  readonly side: SkillInterval;
}

/** What a test on several markets found beyond its scores; see Evidence. */
export interface BundleEvidence {
  /** Distinct open times. */
  readonly times: number;
  /** The model against each other forecast: baselines, and the single models inside it. */
  readonly comparisons: readonly Pick<ForecastComparison, 'name' | 'role' | 'skill'>[];
  /** The single model of lowest log loss; null without any. */
  readonly bestMember: string | null;
  readonly parts: readonly BundleParts[];
  readonly bySymbol: readonly BundleGroup[];
}

/** Out-of-sample scores of one candidate beside their baselines. The predictions behind them lie in `file`. */
export interface BundleWalkForward {
  /** False when training rows whose labels reach into the test were kept. */
  readonly isPurged: boolean;
  readonly folds: number;
  /** Open time of the first and last test row. */
  readonly firstTestOpenTime: string;
  readonly lastTestOpenTime: string;
  /** Pooled scores of the model. */
  readonly model: Scores;
  /** Pooled scores of the rules that need no training. */
  readonly baselines: readonly BaselineScores[];
  /** Log-loss skill against class shares, with its 95 % interval. */
  readonly skill: SkillInterval;
  /** Brier-score skill against class shares. Absent in older bundles. */
  readonly brierSkill?: SkillInterval | undefined;
  /** Whether it beats every baseline, allowing for all candidates of the bundle. Absent in older bundles. */
  readonly superiority?: Omit<SuperiorityResult, 'name'> | undefined;
  /** Of a bundle of several markets. */
  readonly evidence?: BundleEvidence | undefined;
  readonly verdict: SkillVerdict;
  /** `walk_forward_<candidate>.csv`: asof_date,fold,label,p_down,p_neutral,p_up, and of several markets symbol. */
  readonly file: string;
}

/** One question and the model that answers it. */
export interface BundleCandidate {
  /** Such as `T21_X8` or `T14_V1.5`. */
  readonly name: string;
  /** Horizon in bars. */
  readonly T: number;
  /** Move that counts as an event, as a fraction; absent where it is `V` expected moves, as in `T14_V1.5`. */
  readonly X?: number | undefined;
  /** The barrier in expected moves. */
  readonly V?: number | undefined;
  readonly labelOptions: ResolvedLabelOptions;
  /** `model_<candidate>.json`. */
  readonly file: string;
  readonly modelKind: ModelKind;
  /** Hyper-parameters as they were used. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Training rows, and how many of them had each class, in CLASSES order. */
  readonly rows: number;
  readonly classCounts: readonly [number, number, number];
  /** Open time of the first and last training row. */
  readonly firstOpenTime: string;
  readonly lastOpenTime: string;
  /** The rows of each market of a bundle of several; absent in those of one. */
  readonly symbols?: readonly BundleSymbolRows[] | undefined;
  /** How the features that depend on the candidate lay in its training rows; the driftReference has those of one candidate. Absent where none depends on it. */
  readonly boundFeatures?: readonly FeatureReference[] | undefined;
  /** How the probabilities of its walk-forward evaluation lay; absent in older bundles, and where there are too few. */
  readonly answers?: AnswerReference | undefined;
  /** Null when there were too few rows to evaluate: then nothing is known about the model's worth. */
  readonly walkForward: BundleWalkForward | null;
  /** How the probabilities were calibrated, in every fold of the evaluation too. */
  readonly calibration: { readonly method: 'none' } | CalibrationSummary;
}

/** How the values of one feature lay in the training rows. */
export interface FeatureReference {
  readonly name: string;
  /** Share of rows without a value, 0 to 1. */
  readonly missingShare: number;
  /** Minimum, nine deciles, maximum (11 numbers, linear interpolation); null when every row is missing. */
  readonly quantiles: readonly number[] | null;
}

/** A row of inputs with the answers that every reader must get, bit for bit. */
export interface ParityRow {
  /** [features] in the order of `featureNames`; null is missing. */
  readonly inputs: readonly (number | null)[];
  /** Probabilities in CLASSES order, one triple per candidate, in the order of `candidates`. */
  readonly expected: readonly (readonly [number, number, number])[];
  /** The market as which the models are asked, of several. Default: none, as for a market that training has not seen. */
  readonly symbol?: string | undefined;
}

export const CONSISTENCIES = ['none', 'monotone'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/** meta.json. */
export interface BundleMeta {
  readonly schemaVersion: number;
  readonly deployName: string;
  readonly createdAt: string;
  /** Commit of the code that made it; null when unknown. */
  readonly gitCommit: string | null;
  /** The market; of several the first. */
  readonly symbol: string;
  readonly interval: string;
  /** Of several markets the first one's. */
  readonly data: BundleData;
  /** The markets of a bundle of several, the first included; absent in bundles of one. */
  readonly symbols?: readonly BundleSymbol[] | undefined;
  /** The market that features follow, with the fingerprint of its bars; absent where no feature does, or its bars were not at hand in training. */
  readonly leader?: { readonly symbol: string; readonly fingerprint: string } | undefined;
  readonly training: {
    /** Open time of the first and last training row of any candidate. */
    readonly firstOpenTime: string;
    readonly lastOpenTime: string;
    /** Open time of the newest bar that training has seen, through a label too. Later bars are new to the bundle. */
    readonly cutOff: string;
    /** Trained on the last so many labelled rows, of several markets on those of the last so many times. Absent: on all; and in older bundles, where it is not known. */
    readonly window?: number | undefined;
  };
  readonly featureSet: string;
  readonly featureSetVersion: string;
  /** In the order in which the models take them. */
  readonly featureNames: readonly string[];
  readonly candidates: readonly BundleCandidate[];
  /** `monotone`: predictions of a day are made to agree, see makeConsistent; the scores are those of the models alone. Absent: none. */
  readonly consistency?: Consistency | undefined;
  readonly driftReference: {
    readonly rows: number;
    readonly features: readonly FeatureReference[];
    /** What drift is measured against: the features that do not depend on the candidate. Absent in older bundles. */
    readonly distribution?: DistributionReference | undefined;
  };
  readonly parity: readonly ParityRow[];
  readonly versions: { readonly forecastlab: string; readonly node: string; readonly dependencies: Readonly<Record<string, string>> };
  readonly seed: number;
  /** Every file of the bundle but meta.json itself. */
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
}

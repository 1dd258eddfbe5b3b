// The one prediction of a day, as it lies in outputs/predictions/daily/<date>.json. Its bytes depend only on
// data, bundle and date: nothing about the run itself is inside. It ends with a checksum of itself, so that a file that was damaged on the
// disk, or edited, is known by itself.
import { z } from 'zod';
import { sha256Hex } from '../bytes/sha256.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { ForecastLabError } from '../errors.js';
import { LABEL_OPTION_VALUES, type ResolvedLabelOptions } from '../labels/label-options.js';

/** Marks the format of the file; raised when a field changes its meaning. */
export const DAILY_PREDICTION_SCHEMA = 'forecastlab.daily-prediction/1';

/** A prediction file is a few kilobytes; anything far larger is not one of ours. */
const MAX_PREDICTION_BYTES = 4_000_000;

/** One feature's part in an answer. */
export interface FeatureContribution {
  readonly name: string;
  /** The feature's value at the as-of bar; null where it is missing. */
  readonly value: number | null;
  /** Additive contribution (SHAP) to the raw score of the class that the model itself finds most probable. */
  readonly contribution: number;
}

/** What the model says about one candidate. */
export interface CandidatePrediction {
  /** Such as `T21_X8` or `T14_V1.5`. */
  readonly candidate: string;
  /** Horizon in bars. */
  readonly T: number;
  /** Move that counts as an event, as a fraction; for a candidate such as `T14_V1.5` the barrier of this very day. */
  readonly X: number;
  /** The barrier in expected moves, where the candidate says it so. */
  readonly V?: number | undefined;
  /** How its label is made, where that is not the default: forward window, first touch, closing prices. */
  readonly label_options?: ResolvedLabelOptions | undefined;
  readonly pred_label: -1 | 0 | 1;
  /** Probability of each label; sums to 1. */
  readonly pred_proba: { readonly '-1': number; readonly '0': number; readonly '1': number };
  /** What the model itself said, where the bundle makes its answers agree and so changed it. */
  readonly model_proba?: CandidatePrediction['pred_proba'] | undefined;
  /** UTC date of the last bar of the label window: once it has closed, the outcome is known. */
  readonly matures_on: string;
  /** What the walk-forward evaluation in the bundle says about this candidate's worth. */
  readonly skill: { readonly has_skill: boolean; readonly sentence: string };
  /** Largest contributions first; empty for models that have none. */
  readonly top_features: readonly FeatureContribution[];
  readonly warnings: readonly string[];
}

/** How far the market has moved from what the bundle was trained on. Numbers are rounded to 6 significant digits. */
export interface PredictionDrift {
  /** The newest bars that were compared with the reference. */
  readonly rows: number;
  /** Features whose recent values lie outside what training windows of that length showed, worst first. */
  readonly features: readonly string[];
  /** Distance of this row from the training rows: as share of training rows that lie nearer to the others, 0 to 1; null when not known. */
  readonly distance_rank: number | null;
  /** Days from the newest bar that training has seen to this one. */
  readonly model_age_days: number;
}

/** The answer of one day. */
export interface DailyPrediction {
  readonly schema: string;
  /** UTC date of the open of the last bar that was used. */
  readonly asof_date: string;
  readonly symbol: string;
  /** False for a market that training has not seen. There in answers of a bundle of several markets only. */
  readonly market_seen?: boolean | undefined;
  readonly interval: string;
  /** True when the prices were made by the sample market. */
  readonly synthetic: boolean;
  /** Closing price of the as-of bar. */
  readonly close: number;
  readonly deploy_name: string;
  readonly bundle_sha256: string;
  /** Fingerprint of every bar up to the as-of bar. */
  readonly data_sha256: string;
  /** The market that features of the bundle follow, with the fingerprint of its bars up to the as-of bar; null when it was not at hand. There where such features are only. */
  readonly leader?: { readonly symbol: string; readonly data_sha256: string | null } | undefined;
  /** There when it was made later than its day, from the bars and with a bundle that were at hand by then. */
  readonly backfilled?: true | undefined;
  /** How far the market has moved from what the bundle was trained on; absent with bundles that hold no reference for it. */
  readonly drift?: PredictionDrift | undefined;
  readonly predictions: readonly CandidatePrediction[];
  readonly warnings: readonly string[];
}

const probability = z.number().min(0).max(1);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const probabilities = z
  .object({ '-1': probability, '0': probability, '1': probability })
  .refine((p) => Math.abs(p['-1'] + p['0'] + p['1'] - 1) < 1e-9, 'probabilities must sum to 1');

const candidateSchema = z.object({
  candidate: z.string(),
  T: z.number().int().positive(),
  X: z.number().positive(),
  V: z.number().positive().optional(),
  label_options: z.object({ window: z.enum(LABEL_OPTION_VALUES.window), tieBreak: z.enum(LABEL_OPTION_VALUES.tieBreak), touch: z.enum(LABEL_OPTION_VALUES.touch) }).optional(),
  pred_label: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  pred_proba: probabilities,
  model_proba: probabilities.optional(),
  matures_on: date,
  skill: z.object({ has_skill: z.boolean(), sentence: z.string() }),
  top_features: z.array(z.object({ name: z.string(), value: z.number().nullable(), contribution: z.number() })),
  warnings: z.array(z.string()),
});

const fields = {
  schema: z.literal(DAILY_PREDICTION_SCHEMA),
  asof_date: date,
  symbol: z.string(),
  market_seen: z.boolean().optional(),
  interval: z.string(),
  synthetic: z.boolean(),
  close: z.number(),
  deploy_name: z.string(),
  bundle_sha256: sha256,
  data_sha256: sha256,
  leader: z.object({ symbol: z.string(), data_sha256: sha256.nullable() }).optional(),
  backfilled: z.literal(true).optional(),
  drift: z.object({ rows: z.number().int(), features: z.array(z.string()), distance_rank: z.number().nullable(), model_age_days: z.number() }).optional(),
  predictions: z.array(candidateSchema).min(1),
  warnings: z.array(z.string()),
};
const predictionSchema: z.ZodType<DailyPrediction> = z.object(fields);
const FIELDS = Object.keys(fields) as readonly (keyof DailyPrediction)[];

/** The file's text: the same prediction always gives the same bytes, in whatever order its fields came. Ends with `content_sha256`. */
export function formatDailyPrediction(prediction: DailyPrediction): string {
  const document = Object.fromEntries(FIELDS.flatMap((field) => (prediction[field] === undefined ? [] : [[field, prediction[field]]])));
  return `${JSON.stringify({ ...document, [CHECKSUM]: checksumOf(document) }, null, 2)}\n`;
}

/** Of the fields before it, as JSON without spaces. Absent in the files of older versions. */
const CHECKSUM = 'content_sha256';
const checksumOf = (document: object): string => sha256Hex(encodeUtf8(JSON.stringify(document)));

/**
 * Reads a prediction file.
 * @throws CORRUPT naming the file and what is wrong with it.
 */
export function parseDailyPrediction(text: string, options: { readonly fileName: string }): DailyPrediction {
  const corrupt = (reason: string, cause?: unknown): ForecastLabError =>
    new ForecastLabError('CORRUPT', `${options.fileName} is not a daily prediction: ${reason}.`, {
      hint: 'Move the file aside and run the prediction for that day again; it gives the same answer from the same data and bundle.',
      details: { file: options.fileName },
      cause,
    });
  if (text.length > MAX_PREDICTION_BYTES) throw corrupt(`it has ${text.length} characters, at most ${MAX_PREDICTION_BYTES} are expected`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw corrupt('it is not JSON (cut short?)', cause);
  }
  const result = predictionSchema.safeParse(document);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw corrupt(`${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'invalid'}`, result.error);
  }
  const { [CHECKSUM]: checksum, ...content } = document as Record<string, unknown>;
  if (checksum !== undefined && checksum !== checksumOf(content)) throw corrupt(`its ${CHECKSUM} is not that of what it says (damaged, or edited)`);
  return result.data;
}

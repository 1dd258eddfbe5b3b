// One line of outputs/predictions/outcomes.jsonl: what was foretold on a day and what came true, whole by itself, so that scores can be
// computed again when predictions, bundles and bars are long gone.
import { z } from 'zod';
import { LABEL_OPTION_VALUES, type ResolvedLabelOptions } from '../labels/label-options.js';
import { isOutcomeLine } from './is-outcome-line.js';

/** Marks the format of a line; raised when a field changes its meaning. */
export const OUTCOME_SCHEMA = 'forecastlab.outcome/1';

/** Probability of each label; sums to 1. */
export interface LabelProbabilities {
  readonly '-1': number;
  readonly '0': number;
  readonly '1': number;
}

/** The outcome of one candidate of one prediction. */
export interface OutcomeLine {
  readonly schema: string;
  readonly symbol: string;
  readonly interval: string;
  /** UTC date of the as-of bar's open. */
  readonly asof_date: string;
  /** Such as `T21_X8`. */
  readonly candidate: string;
  /** Horizon in bars, and the barrier of that day as a fraction. */
  readonly T: number;
  readonly X: number;
  /** Close of the as-of bar when the prediction was made. */
  readonly close: number;
  readonly label_options: ResolvedLabelOptions;
  /** True when nothing told the label options, and the usual ones were taken. */
  readonly options_assumed?: true | undefined;
  readonly deploy_name: string;
  readonly bundle_sha256: string;
  /** The prediction file, relative to the store, the sha256 of its bytes, and how many candidates it answers. */
  readonly prediction_file: string;
  readonly prediction_sha256: string;
  readonly answers: number;
  readonly synthetic: boolean;
  /** What came true. */
  readonly label: -1 | 0 | 1;
  /** UTC date of the bar that first touched the label's side; null for 0. */
  readonly touched_on: string | null;
  /** UTC date of the last bar of the label window. */
  readonly matured_on: string;
  readonly pred_label: -1 | 0 | 1;
  readonly pred_proba: LabelProbabilities;
  /** Shares of the classes in the training rows of the bundle, for this market where it knows it: the baseline. Null when unknown. */
  readonly base_proba: LabelProbabilities | null;
  /** The prediction was made after its day. */
  readonly backfilled: boolean;
  /** The prediction took the place of an earlier one of that day. */
  readonly replaced?: true | undefined;
  /** False when training had seen bars after the as-of bar, or the labels are flawed: never scored. */
  readonly fair: boolean;
  /** What is odd about the data; null when nothing is. */
  readonly note: string | null;
  /** There in a line that takes the place of an earlier one of the same prediction: why. */
  readonly corrects?: string | undefined;
}

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const label = z.union([z.literal(-1), z.literal(0), z.literal(1)]);
const probability = z.number().min(0).max(1);
const probabilities = z.object({ '-1': probability, '0': probability, '1': probability }).refine((p) => Math.abs(p['-1'] + p['0'] + p['1'] - 1) < 1e-9, 'probabilities must sum to 1');

const fields = {
  schema: z.literal(OUTCOME_SCHEMA),
  symbol: z.string().min(1),
  interval: z.string().min(1),
  asof_date: date,
  candidate: z.string().min(1),
  T: z.number().int().positive(),
  X: z.number().positive(),
  close: z.number(),
  label_options: z.object({ window: z.enum(LABEL_OPTION_VALUES.window), tieBreak: z.enum(LABEL_OPTION_VALUES.tieBreak), touch: z.enum(LABEL_OPTION_VALUES.touch) }),
  options_assumed: z.literal(true).optional(),
  deploy_name: z.string(),
  bundle_sha256: sha256,
  prediction_file: z.string(),
  prediction_sha256: sha256,
  answers: z.number().int().positive(),
  synthetic: z.boolean(),
  label,
  touched_on: date.nullable(),
  matured_on: date,
  pred_label: label,
  pred_proba: probabilities,
  base_proba: probabilities.nullable(),
  backfilled: z.boolean(),
  replaced: z.literal(true).optional(),
  fair: z.boolean(),
  note: z.string().nullable(),
  corrects: z.string().optional(),
};
const lineSchema: z.ZodType<OutcomeLine> = z.object(fields);
const FIELDS = Object.keys(fields) as readonly (keyof OutcomeLine)[];

/** The line's text, without a line end: the same outcome always gives the same bytes, in whatever order its fields came. */
export function formatOutcomeLine(line: OutcomeLine): string {
  const document: Record<string, unknown> = {};
  for (const field of FIELDS) document[field] = line[field];
  return JSON.stringify(document);
}

/** A line of the file that is none. */
export interface DamagedLine {
  /** From 1. */
  readonly row: number;
  readonly reason: string;
}

/** What a file of outcomes holds. */
export interface ParsedOutcomes {
  /** In the order of the file, each text once. */
  readonly lines: readonly OutcomeLine[];
  /** Cut or foreign lines, and lines that are there twice. */
  readonly damaged: readonly DamagedLine[];
}

/** Reads the text of outcomes.jsonl; what is no outcome is told, never thrown: the other lines are whole by themselves. */
export function parseOutcomes(text: string): ParsedOutcomes {
  const lines: OutcomeLine[] = [];
  const damaged: DamagedLine[] = [];
  const byKey = new Map<string, OutcomeLine | OutcomeLine[]>();
  for (let begin = 0, row = 1; begin < text.length; row += 1) {
    const newline = text.indexOf('\n', begin);
    const end = newline < 0 ? text.length : newline;
    const result = end === begin ? null : readLine(text.slice(begin, end));
    begin = end + 1;
    if (result === null) continue;
    if (typeof result === 'string') {
      damaged.push({ row, reason: result });
      continue;
    }
    const key = outcomeKey(result);
    const before = byKey.get(key);
    const earlier = before === undefined ? [] : Array.isArray(before) ? before : [before];
    if (earlier.some((line) => formatOutcomeLine(line) === formatOutcomeLine(result))) {
      damaged.push({ row, reason: 'the same line stands there already' });
      continue;
    }
    byKey.set(key, before === undefined ? result : [...earlier, result]);
    lines.push(result);
  }
  return { lines, damaged };
}

function readLine(raw: string): OutcomeLine | string {
  let document: unknown;
  try {
    document = JSON.parse(raw);
  } catch {
    return 'it is not JSON (cut short?)';
  }
  if (isOutcomeLine(document, OUTCOME_SCHEMA)) return document as OutcomeLine;
  const result = lineSchema.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  return `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'invalid'}`;
}

/**
 * Lines of one key are about the same answer: symbol, interval, as-of date, candidate and bundle. An answer that took the place of an earlier one is
 * another one, also by the same bundle: the first goes on counting.
 */
export function outcomeKey({ symbol, interval, asof_date, candidate, bundle_sha256, replaced }: Pick<OutcomeLine, 'symbol' | 'interval' | 'asof_date' | 'candidate' | 'bundle_sha256' | 'replaced'>): string {
  return `${symbol} ${interval} ${asof_date} ${candidate} ${bundle_sha256}${replaced === true ? ' replaced' : ''}`;
}

/** The line that counts for each key: the newest. */
export function latestOutcomes(lines: readonly OutcomeLine[]): ReadonlyMap<string, OutcomeLine> {
  return new Map(lines.map((line) => [outcomeKey(line), line]));
}

// Reads and writes outputs/predictions/scorecard.json.
import { z } from 'zod';
import { ForecastLabError } from '../errors.js';
import { SCORECARD_SCHEMA, type Scorecard } from './scorecard.js';

/** Ten years of daily retraining in ten markets stay below; anything larger is not one of ours. */
const MAX_SCORECARD_BYTES = 200_000_000;

const number = z.number();
const ends = z.tuple([number, number]).readonly().nullable();
const withInterval = z.object({ value: number, interval: ends });
const byLabel = z.object({ '-1': number, '0': number, '1': number });
const bin = z.object({ meanProbability: number, observedShare: number, low: number, high: number, rows: number });
const bins = z.array(bin);
const scores = z.object({
  rows: number,
  days: number,
  first_asof: z.string(),
  last_asof: z.string(),
  class_counts: byLabel,
  predicted_counts: byLabel,
  log_loss: number,
  brier: number,
  class_shares_log_loss: number.nullable(),
  skill: withInterval.nullable(),
  hit_rate: withInterval,
  calibration: z.object({ expected_error: number, mean_predicted: byLabel, realised: byLabel, bins: z.object({ '-1': bins, '0': bins, '1': bins }) }).nullable(),
});
const entry = z.object({
  candidate: z.string(),
  interval: z.string(),
  T: number,
  deploy_name: z.string().nullable(),
  bundle_sha256: z.string().nullable(),
  symbol: z.string().nullable(),
  symbols: z.array(z.string()),
  synthetic: z.boolean(),
  counts: z.object({ on_time: number, late: number, not_fair: number, missing: number, pending: number, touched_early: number, unknowable: number }),
  on_time: scores.nullable(),
  late: scores.nullable(),
  expected: z.object({ rows: number, log_loss: number, skill: withInterval }).nullable(),
  comparison: z.object({ log_loss: withInterval, skill: withInterval.nullable(), verdict: z.enum(['too-few', 'unknown', 'within-chance', 'worse', 'better']) }).nullable(),
  sentence: z.string(),
});
const scorecardSchema: z.ZodType<Scorecard> = z.object({ schema: z.literal(SCORECARD_SCHEMA), newest_bars: z.record(z.string(), z.string()), entries: z.array(entry) });

/** The file's text: the same scorecard always gives the same bytes. */
export function formatScorecard(scorecard: Scorecard): string {
  return `${JSON.stringify(scorecard, null, 2)}\n`;
}

/**
 * Reads a scorecard file.
 * @throws CORRUPT naming the file and what is wrong with it
 * @example parseScorecard(text, { fileName: 'outputs/predictions/scorecard.json' }).entries[0].sentence
 */
export function parseScorecard(text: string, options: { readonly fileName: string }): Scorecard {
  const corrupt = (reason: string, cause?: unknown): ForecastLabError =>
    new ForecastLabError('CORRUPT', `${options.fileName} is not a scorecard: ${reason}.`, { hint: 'Make it again with forecastlab-predict score: it holds nothing that outcomes and predictions do not.', details: { file: options.fileName }, cause });
  if (text.length > MAX_SCORECARD_BYTES) throw corrupt(`it has ${text.length} characters, at most ${MAX_SCORECARD_BYTES} are expected`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw corrupt('it is not JSON (cut short?)', cause);
  }
  const result = scorecardSchema.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw corrupt(`${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'invalid'}`, result.error);
}

// Keeps the truth that one day has one prediction: the first answer stays, the same answer again changes nothing,
// a different one is refused, and even a forced one keeps the first under superseded/.
import { type DailyPrediction, ForecastLabError, formatDailyPrediction, isForecastLabError, parseDailyPrediction, sha256Hex } from '@forecastlab/core';
import { type ArtifactStore, createOrCompare, isSameBytes } from '@forecastlab/core/node';
import { pathOf } from './answer-path.js';
import { whatDiffers } from './what-differs.js';

/** What saving did. */
export type SaveOutcome =
  /** The first prediction of the day was written. */
  | { readonly status: 'written'; readonly path: string }
  /** The same bytes lay there already; nothing was touched. */
  | { readonly status: 'unchanged'; readonly path: string }
  /** The first answer moved to `superseded`, the new one stands in its place. */
  | { readonly status: 'superseded'; readonly path: string; readonly superseded: string };

/** The bytes of its file. */
export function predictionBytes(prediction: DailyPrediction): Uint8Array {
  return new TextEncoder().encode(formatDailyPrediction(prediction));
}

/**
 * Writes the prediction of its day, create-only; that of a bundle of several markets into the folder of its market.
 * @throws CONFLICT when a different prediction of that day exists and `force` is off, saying what differs
 */
export async function savePrediction(
  store: ArtifactStore,
  prediction: DailyPrediction,
  options: {
    /** Replace a different prediction of that day; the first is kept. Default: false. */
    readonly force?: boolean;
    /** Where the answer of that day lies, if not where bundles of that kind keep it. */
    readonly path?: string;
  } = {},
): Promise<SaveOutcome> {
  const { path = pathOf(prediction) } = options;
  const bytes = predictionBytes(prediction);
  let first = await store.readVersioned(path);
  if (first === undefined) {
    try {
      await store.createOnly(path, bytes);
      return { status: 'written', path };
    } catch (error) {
      // Somebody else was faster: their answer is the first one, and is compared like any other.
      first = await store.readVersioned(path);
      if (first === undefined) throw error;
    }
  }
  if (isSameBytes(first.bytes, bytes)) return { status: 'unchanged', path };
  if (options.force !== true) throw differentAnswer(path, first.bytes, prediction);
  // Kept before it is replaced: a crash in between leaves the first in both places, and a second try goes on.
  const superseded = `${path.slice(0, path.lastIndexOf('/'))}/superseded/${prediction.asof_date}.${sha256Hex(first.bytes).slice(0, 12)}.json`;
  await createOrCompare(store, superseded, first.bytes);
  await store.replace(path, bytes, { ifMatch: first.version });
  return { status: 'superseded', path, superseded };
}

function differentAnswer(path: string, first: Uint8Array, prediction: DailyPrediction): ForecastLabError {
  const { asof_date: date } = prediction;
  const earlier = readPrediction(path, first);
  const differing = earlier === undefined ? ['or something that is no prediction: the file cannot be read'] : whatDiffers(earlier, prediction);
  const what = differing.length > 0 ? differing.join('; ') : 'made from the same data and bundle by another version';
  return new ForecastLabError('CONFLICT', `${path} holds a different prediction already (${what}). It was left as it is.`, {
    hint:
      earlier === undefined
        ? `forecastlab-predict backfill --from ${date} --to ${date} keeps the damaged file aside and makes the prediction again.`
        : 'A day has one prediction. To replace it, run again with --force: the first is then kept under superseded/.',
    details: { path, asofDate: date },
  });
}

function readPrediction(path: string, bytes: Uint8Array): DailyPrediction | undefined {
  try {
    return parseDailyPrediction(new TextDecoder().decode(bytes), { fileName: path });
  } catch (error) {
    if (!isForecastLabError(error)) throw error;
    return undefined;
  }
}

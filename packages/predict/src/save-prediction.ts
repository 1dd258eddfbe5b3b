// Keeps the truth that one day has one prediction: the first answer stays, the same answer again changes nothing,
// a different one is refused, and even a forced one keeps the first under superseded/.
import { type DailyPrediction, ForecastLabError, formatDailyPrediction, parseDailyPrediction, sha256Hex } from '@forecastlab/core';
import { type ArtifactStore, createOrCompare, isSameBytes } from '@forecastlab/core/node';

/** What saving did. */
export type SaveOutcome =
  /** The first prediction of the day was written. */
  | { readonly status: 'written'; readonly path: string }
  /** The same bytes lay there already; nothing was touched. */
  | { readonly status: 'unchanged'; readonly path: string }
  /** The first answer moved to `superseded`, the new one stands in its place. */
  | { readonly status: 'superseded'; readonly path: string; readonly superseded: string };

const FOLDER = 'outputs/predictions/daily';

/** Where the prediction of a day lies, relative to the store. `symbol`: the market, for bundles of several. */
export function predictionPath(asofDate: string, symbol?: string): string {
  return `${folderOf(symbol)}/${asofDate}.json`;
}

const folderOf = (symbol: string | undefined): string => (symbol === undefined ? FOLDER : `${FOLDER}/${symbol}`);

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
  } = {},
): Promise<SaveOutcome> {
  const symbol = prediction.market_seen === undefined ? undefined : prediction.symbol;
  const path = predictionPath(prediction.asof_date, symbol);
  const bytes = new TextEncoder().encode(formatDailyPrediction(prediction));
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
  const superseded = `${folderOf(symbol)}/superseded/${prediction.asof_date}.${sha256Hex(first.bytes).slice(0, 12)}.json`;
  await createOrCompare(store, superseded, first.bytes);
  await store.replace(path, bytes, { ifMatch: first.version });
  return { status: 'superseded', path, superseded };
}

function differentAnswer(path: string, first: Uint8Array, prediction: DailyPrediction): ForecastLabError {
  return new ForecastLabError('CONFLICT', `${path} holds a different prediction already (${whatDiffers(path, first, prediction)}). It was left as it is.`, {
    hint: 'A day has one prediction. To replace it, run again with --force: the first is then kept under superseded/.',
    details: { path, asofDate: prediction.asof_date },
  });
}

function whatDiffers(path: string, first: Uint8Array, prediction: DailyPrediction): string {
  let earlier: DailyPrediction;
  try {
    earlier = parseDailyPrediction(new TextDecoder().decode(first), { fileName: path });
  } catch {
    return 'or something that is no prediction: the file cannot be read';
  }
  const fields = ['symbol', 'interval', 'deploy_name', 'bundle_sha256', 'data_sha256'] as const;
  const differing = fields.filter((field) => earlier[field] !== prediction[field]).map((field) => `${field} ${short(earlier[field])} there, ${short(prediction[field])} now`);
  if (earlier.leader?.data_sha256 !== prediction.leader?.data_sha256) differing.push('the bars of the leading market are others');
  return differing.length > 0 ? differing.join('; ') : 'made from the same data and bundle by another version';
}

const short = (value: string): string => (/^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value);

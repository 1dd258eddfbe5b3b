// The bars that a command works on: a named file, or the stored klines of a market; closed ones only, ready for use.
import { basename } from 'node:path';
import { type FeatureSelection, ForecastLabError, klineCount, type Klines, optionError, prepareKlines, resolveFeatures } from '@forecastlab/core';
import { changedSinceStored, closingClockMs, isSampleSymbol, openStore, rawKlinesPath, readKlinesFile, readStoredKlines, symbolOfFileName, type Venue } from '@forecastlab/core/node';

/** Which bars are wanted: `data`, or `symbol` and `interval`. */
export interface MarketRequest {
  /** Absolute path of a file. */
  readonly data?: string | undefined;
  /** With `data`: default from the file's name. */
  readonly symbol?: string | undefined;
  /** With `data`: default from the bars' times; without: `1d`. */
  readonly interval?: string | undefined;
  /** Of stored bars. Default: `spot`. */
  readonly venue?: Venue | undefined;
  /** The features that are wanted of the bars, if any: the file must have the columns that they read. */
  readonly features?: FeatureSelection | undefined;
}

/** Bars ready for use. */
export interface LoadedMarket {
  readonly klines: Klines;
  /** Null when neither the request nor the file's name tells. */
  readonly symbol: string | null;
  readonly interval: string;
  /** `file`, or the source that the stored klines' manifest names. */
  readonly source: string;
  readonly isSynthetic: boolean;
  /** The file, for people and messages. */
  readonly path: string;
  /** The file's name without folders. */
  readonly file: string;
  /** What was mended, dropped or is odd: one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads and prepares bars; what is odd about them is also logged.
 * @throws BAD_OPTION when no bars are named, BAD_FILE naming file and row when they cannot be used
 */
export async function loadMarket(
  request: MarketRequest,
  context: {
    /** The store under which data/raw lies. */
    readonly store: string;
    /** Variables of the environment, for a store in a bucket. Default: the process's. */
    readonly env?: Readonly<Record<string, string | undefined>>;
    /** UTC milliseconds: bars that close later are left out. */
    nowMs(): number;
    log(text: string): void;
  },
): Promise<LoadedMarket> {
  const { parsed, lastBar, closedByMs, changed, ...facts } = request.data === undefined ? await readStored(request, context) : await readNamed(request, request.data);
  if (request.features !== undefined) checkColumns(facts.path, parsed.klines, request.features);
  const prepared = prepareKlines(parsed, { serverTimeMs: closedByMs(context.nowMs()), lastBar });
  const { klines } = prepared;
  const warnings = changed === undefined ? prepared.warnings : [changed, ...prepared.warnings];
  for (const warning of warnings) context.log(`warning: ${facts.file}: ${warning}`);
  context.log(`${facts.file}: ${klineCount(klines)} closed bars of ${parsed.interval}${facts.isSynthetic ? ' (synthetic)' : ''}`);
  return { ...facts, klines, interval: parsed.interval, warnings };
}

/** The wrong file for the features is told before any work, with the file's name. */
function checkColumns(path: string, klines: Klines, features: FeatureSelection): void {
  const lacking = resolveFeatures(features).find(({ inputs }) => inputs.some((column) => klines[column].every((value) => Number.isNaN(value))));
  if (lacking === undefined) return;
  throw new ForecastLabError('BAD_FILE', `${path} has no order flow, which the feature ${lacking.name} needs.`, {
    hint: 'Take --features baseline, which prices are enough for, or a file with all columns of the exchange.',
    details: { file: path, feature: lacking.name },
  });
}

type Source = Omit<LoadedMarket, 'klines' | 'interval' | 'warnings'> & { readonly parsed: Parameters<typeof prepareKlines>[0]; readonly lastBar: 'check' | 'trust'; closedByMs(nowMs: number): number; readonly changed?: string | undefined };

async function readNamed({ symbol, interval }: MarketRequest, path: string): Promise<Source> {
  const { parsed } = await readKlinesFile(path, interval === undefined ? {} : { interval });
  const named = symbolOfFileName(basename(path));
  if (named !== null && isSampleSymbol(named) && symbol !== undefined && symbol !== named) {
    throw optionError('the command', 'symbol', `${named} for ${basename(path)}`, symbol, 'Synthetic bars must not stand under the name of a real market.');
  }
  const chosen = symbol ?? named;
  return { parsed, lastBar: 'check', closedByMs: (nowMs) => nowMs, symbol: chosen, source: chosen !== null && isSampleSymbol(chosen) ? 'sample' : 'file', isSynthetic: chosen !== null && isSampleSymbol(chosen), path, file: basename(path) };
}

async function readStored({ symbol, interval = '1d', venue = 'spot' }: MarketRequest, context: Parameters<typeof openStore>[1] & { readonly store: string }): Promise<Source> {
  if (symbol === undefined) {
    throw new ForecastLabError('BAD_OPTION', 'It must be said which bars to take.', { hint: 'Give --data FILE, or --symbol S --interval I for bars that forecastlab-train data update has stored.', details: { option: 'data' } });
  }
  const store = await openStore(context.store, context);
  const market = { symbol, interval, venue };
  const stored = await readStoredKlines(store, market);
  const path = store.describe(stored?.path ?? rawKlinesPath(market));
  if (stored === undefined) {
    throw new ForecastLabError('BAD_FILE', `There are no stored klines of ${symbol} ${interval}: ${path} does not exist.`, {
      hint: `${isSampleSymbol(symbol) ? 'Make' : 'Fetch'} them with forecastlab-train data update --symbol ${symbol} --interval ${interval}${venue === 'usdm' ? ' --venue usdm' : ''}${isSampleSymbol(symbol) ? ' --source sample' : ', or name a file with --data FILE'}.`,
      details: { file: path },
    });
  }
  const { parsed, manifest, isVouchedFor } = stored;
  return { parsed, lastBar: isVouchedFor ? 'trust' : 'check', closedByMs: (nowMs) => closingClockMs(stored, nowMs), changed: changedSinceStored(stored, market), symbol, source: isVouchedFor ? (manifest?.source ?? 'file') : 'file', isSynthetic: manifest?.synthetic ?? isSampleSymbol(symbol), path, file: basename(path) };
}

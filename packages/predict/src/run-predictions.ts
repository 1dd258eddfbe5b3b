// The daily job for a bundle of several markets: each market by itself, so that one that fails keeps no other from its answer.
import { type Bundle, ForecastLabError, isForecastLabError, optionError } from '@forecastlab/core';
import { exitCodeOf } from '@forecastlab/core/node';
import { hasStoredBars } from './has-stored-bars.js';
import { loadBundle } from './load-bundle.js';
import { marketOfBundle, symbolsOfBundle } from './market-of-bundle.js';
import type { LeadingBars } from './read-leading-bars.js';
import { checkSymbol, leaderFor, predictMarket, type PredictionReport, type PredictionRequest } from './run-prediction.js';

/** A request for the predictions of a day. */
export interface PredictionsRequest extends Omit<PredictionRequest, 'symbol' | 'dataFile'> {
  /** Which markets. Default: those of the bundle whose klines are stored; with a source, all of the bundle. */
  readonly symbols?: readonly string[] | undefined;
}

/** A market that has no answer, and why. */
export interface MarketFailure {
  readonly symbol: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** What a run of this market alone would end with. */
  readonly exitCode: FailureCode;
}

/** Failed; the call or a file is wrong; try again later. */
export type FailureCode = 1 | 2 | 75;

/** What came of it. */
export interface PredictionsReport {
  readonly deployName: string;
  /** In the order of the markets asked for. */
  readonly reports: readonly PredictionReport[];
  readonly failures: readonly MarketFailure[];
  /** Markets of the bundle that were left out because no klines of theirs are stored. */
  readonly notStored: readonly string[];
  /** 0 when all have an answer, 3 when some have, 75 when none has and each may later, else 1 or 2. */
  readonly exitCode: 0 | 3 | FailureCode;
}

/**
 * Makes the predictions of a day and keeps them, one file a market.
 * @throws BAD_OPTION without an active bundle or for a symbol that is none or given twice, BAD_FILE when no klines are stored, CORRUPT for a bundle
 * that fails its checks, INTERRUPTED; what is wrong with a single market is in `failures`
 */
export async function runPredictions(request: PredictionsRequest): Promise<PredictionsReport> {
  const bundle = await loadBundle(request);
  const { symbols, notStored } = await chooseSymbols(bundle, request);
  const leader = await attempt(() => leaderFor(bundle, request));
  const reports: PredictionReport[] = [];
  const failures: MarketFailure[] = [];
  for (const symbol of symbols) {
    const result = await attempt(() => predictMarket(bundle, symbol, request, leaderOf(bundle, symbol, leader)));
    if ('value' in result) reports.push(result.value);
    else failures.push(describeFailure(symbol, result.error));
  }
  return { deployName: bundle.meta.deployName, reports, failures, notStored, exitCode: exitCodeFor(reports, failures) };
}

async function chooseSymbols({ meta }: Bundle, { store, symbols, source }: PredictionsRequest): Promise<{ readonly symbols: readonly string[]; readonly notStored: readonly string[] }> {
  if (symbols !== undefined) {
    const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
    if (twice !== undefined) throw optionError('the prediction', 'symbols', 'a list without repetition', twice);
    symbols.forEach(checkSymbol);
    const foreign = meta.symbols === undefined ? symbols.find((symbol) => symbol !== meta.symbol) : undefined;
    if (foreign !== undefined) throw optionError('the prediction', 'symbols', `${meta.symbol}, the one market of the bundle ${meta.deployName}`, foreign, 'Bundles of several markets, made with forecastlab-train bundle --symbols, answer for others too.');
    return { symbols, notStored: [] };
  }
  const all = symbolsOfBundle(meta);
  if (source !== undefined) return { symbols: all, notStored: [] };
  const isStored = await Promise.all(all.map((symbol) => hasStoredBars(store, marketOfBundle(meta, symbol))));
  const stored = all.filter((_, i) => isStored[i]);
  if (stored.length > 0) return { symbols: stored, notStored: all.filter((_, i) => !isStored[i]) };
  throw new ForecastLabError('BAD_FILE', `No klines of the markets of the bundle ${meta.deployName} are stored: ${all.join(', ')}.`, {
    hint: 'Fetch them with --source auto (or forecastlab-train data update), or name a file with --data FILE.',
  });
}

type Attempt<Value> = { readonly value: Value } | { readonly error: ForecastLabError };

/** What may go wrong with one market; an interruption, or an error that is none of ours, ends the whole run. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isForecastLabError(error) || error.code === 'INTERRUPTED') throw error;
    return { error };
  }
}

/** A leader whose update failed leaves those that follow it without an answer, which could not be mended later. */
function leaderOf({ meta }: Bundle, symbol: string, leader: Attempt<LeadingBars | undefined>): LeadingBars | undefined {
  if (symbol === meta.leader?.symbol) return undefined;
  if ('error' in leader) throw new ForecastLabError(leader.error.code, `The leading market ${meta.leader?.symbol ?? ''}: ${leader.error.message}`, { ...(leader.error.hint === undefined ? {} : { hint: leader.error.hint }), cause: leader.error });
  return leader.value;
}

function describeFailure(symbol: string, error: ForecastLabError): MarketFailure {
  return { symbol, code: error.code, message: error.message, hint: error.hint ?? null, exitCode: failureCode(error) };
}

function failureCode(error: ForecastLabError): FailureCode {
  const code = exitCodeOf(error);
  return code === 2 || code === 75 ? code : 1;
}

function exitCodeFor(reports: readonly PredictionReport[], failures: readonly MarketFailure[]): PredictionsReport['exitCode'] {
  if (failures.length === 0) return 0;
  if (reports.length > 0) return 3;
  const [first] = failures;
  return failures.every(({ exitCode }) => exitCode === first.exitCode) ? first.exitCode : 1;
}

// Fits one model on the rows of several markets, with what each market is like as offsets: how often its classes occur.
import { ForecastLabError, optionError } from '../errors.js';
import { type CalibrationData, fitCalibrated, type FitCalibratedOptions } from '../models/calibration/fit-calibrated.js';
import { checkTrainingData } from '../models/check-training-data.js';
import type { Classifier, ClassifierKind, ModelKind } from '../models/classifier.js';
import { resolveKind } from '../models/classifiers.js';
import { summarizeMarkets } from '../models/markets/market-shares.js';
import { offsetsOfShares } from '../models/markets/market-offsets.js';
import { createMarketsClassifier } from '../models/markets/markets-classifier.js';

/** Training rows of one market or several, in the order of time; poolRows gives it all. */
export interface MarketsData extends Omit<CalibrationData, 'offsets' | 'markets'> {
  /** Each market once. */
  readonly symbols: readonly string[];
  /** [rows] index into `symbols`. */
  readonly symbolIndex: ArrayLike<number>;
}

export interface FitMarketsOptions extends FitCalibratedOptions {
  /**
   * How many rows of all markets each market's own are mixed with before its class shares are taken, 0 to 1e12; 0 takes them
   * as they are. Labels that overlap make a thousand rows worth some fifty, so that shares of a few years are still mostly luck: on six
   * daily markets before 2022 the score rises up to 10,000 and no further. Default: 10,000.
   */
  readonly shareRows?: number;
}

const DEFAULT_SHARE_ROWS = 10_000;

/**
 * Fits the model on all rows, calibrated as fitCalibrated does, with the logarithms of each market's class shares as offsets where the kind
 * takes them; fits inside (of calibration, pools and tuning) count them on their own training rows. The result answers for a market through
 * `forSymbol`; without it, and for a market that it has not seen, with the shares of all.
 * @throws BAD_OPTION for options, BAD_DATA for data that cannot be used, what fitCalibrated throws
 * @example fitMarkets('logistic', { ...rows, symbols: ['BTCUSDT', 'ETHUSDT'], symbolIndex }, { seed: 42 }).forSymbol('ETHUSDT')
 */
export function fitMarkets(kind: ModelKind | ClassifierKind, data: MarketsData, options: FitMarketsOptions): Classifier {
  const { shareRows = DEFAULT_SHARE_ROWS, ...fitOptions } = options;
  if (!(shareRows >= 0 && shareRows <= 1e12)) throw optionError('fitMarkets', 'shareRows', 'a number from 0 to 1e12', shareRows);
  const { symbols, symbolIndex, ...own } = data;
  const known = resolveKind(kind);
  checkTrainingData('fitMarkets', own);
  checkSymbols(symbols, symbolIndex, own.labels.length);
  const markets = summarizeMarkets(data, shareRows);
  const hasOffsets = known.takesOffsets === true;
  const withOffsets = { ...own, offsets: offsetsOfShares(markets, symbolIndex), markets: { symbols, symbolIndex: Int32Array.from(symbolIndex), shareRows } };
  return createMarketsClassifier(fitCalibrated(known, hasOffsets ? withOffsets : own, fitOptions), markets, hasOffsets);
}

function checkSymbols(symbols: readonly string[], symbolIndex: ArrayLike<number>, rows: number): void {
  const refuse = (message: string): never => {
    throw new ForecastLabError('BAD_DATA', `fitMarkets: ${message}`);
  };
  if (symbols.length === 0 || symbols.some((symbol) => typeof symbol !== 'string' || symbol === '')) refuse('Each market must have a symbol that is not empty.');
  if (new Set(symbols).size !== symbols.length) refuse('Each symbol must stand once in `symbols`.');
  if (symbolIndex.length !== rows) refuse(`There must be one market per row. Got ${symbolIndex.length} for ${rows} rows.`);
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isInteger(symbolIndex[row]) || symbolIndex[row] < 0 || symbolIndex[row] >= symbols.length) refuse(`Markets must be from 0 to ${symbols.length - 1}. Got ${symbolIndex[row]} in row ${row}.`);
  }
}

// Bars that were cut or damaged must not become a champion: what the champion was trained on must still be there.
import { type BundleMeta, ForecastLabError, klineCount, sliceKlines } from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import type { BundleMarket } from '../train-bundle.js';

/**
 * Compares the bars with those of the champion, market by market.
 * @returns a sentence for each market whose bars of that span have other values now, which an exchange's restatement explains
 * @throws BAD_DATA when bars are missing, or have other values and nobody vouches for the file
 */
export function checkBars(markets: readonly BundleMarket[], champion: BundleMeta): readonly string[] {
  const seen = champion.symbols ?? [{ ...champion.data, symbol: champion.symbol }];
  return markets.flatMap(({ symbol, klines, source }) => {
    const its = seen.find((own) => own.symbol === symbol);
    if (its === undefined) return [];
    const lastMs = Date.parse(its.lastOpenTime);
    const count = klines.openTimeMs.filter((time) => time <= lastMs).length;
    const firstOpenTime = new Date(klines.openTimeMs[0] ?? Number.POSITIVE_INFINITY);
    if (count < its.rows || firstOpenTime.getTime() > Date.parse(its.firstOpenTime) || klines.openTimeMs[count - 1] !== lastMs) {
      throw damaged(symbol, `${champion.deployName} was trained on ${its.rows} bars from ${day(its.firstOpenTime)} to ${day(its.lastOpenTime)}; of that span ${count} are there now${klineCount(klines) === 0 ? '' : `, from ${day(firstOpenTime.toISOString())} on`}.`);
    }
    if (nativeFingerprint(sliceKlines(klines, 0, count)) === its.fingerprint) return [];
    const what = `bars of ${symbol} up to ${day(its.lastOpenTime)}, which ${champion.deployName} was trained on, have other values now or are more than they were`;
    if (source === 'file' && its.source !== 'file') throw damaged(symbol, `The ${what}, and the file is not as it was stored.`);
    return [`The ${what}.`];
  });
}

function damaged(symbol: string, message: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `The bars of ${symbol} were cut or damaged: ${message} Nothing was trained.`, {
    hint: `forecastlab-train data check says what is wrong, and data update --repair fetches it again. If it is meant so, make a bundle by hand: forecastlab-train bundle --activate.`,
    details: { symbol },
  });
}

const day = (isoTime: string): string => isoTime.slice(0, 10);

// Real markets come from the exchange, the synthetic one from its generator; asked before anything is done, also by a dry run.
import { type BundleMeta, ForecastLabError } from '@forecastlab/core';
import { isSampleSymbol } from '@forecastlab/core/node';
import type { BarSource } from './update-stored-bars.js';

/** @throws BAD_OPTION when the market is real and the source synthetic, or the other way round */
export function checkSource(symbol: string, meta: Pick<BundleMeta, 'deployName' | 'symbols' | 'data'>, { kind }: Pick<BarSource, 'kind'>): void {
  const isSynthetic = meta.symbols === undefined ? meta.data.synthetic : isSampleSymbol(symbol);
  if (isSynthetic === (kind === 'sample')) return;
  const message = isSynthetic ? `The bundle ${meta.deployName} is of the synthetic market, which no exchange has.` : `The bundle ${meta.deployName} is of ${symbol}; the source sample has synthetic bars only.`;
  throw new ForecastLabError('BAD_OPTION', message, { hint: isSynthetic ? 'Take --source sample.' : 'Take --source auto, or name a file of real klines with --data.' });
}

// By which clock the bars of stored klines are closed.
import { klineCount } from '../../klines/klines.js';
import { isClosedByExchange } from './closed-by-exchange.js';
import type { StoredKlines } from './stored-klines.js';

/**
 * UTC ms for the closed-bar rule on stored klines: `nowMs`, or later where the manifest vouches for real bars, which were stored when
 * the exchange's clock had passed their close, whatever the clock of this machine says now.
 */
export function closingClockMs({ parsed, manifest, isVouchedFor }: Pick<StoredKlines, 'parsed' | 'manifest' | 'isVouchedFor'>, nowMs: number): number {
  const { klines } = parsed;
  const rows = klineCount(klines);
  const isClosed = manifest?.synthetic === false && isClosedByExchange(manifest, isVouchedFor);
  return isClosed && rows > 0 ? Math.max(nowMs, klines.closeTimeMs[rows - 1] + 1) : nowMs;
}

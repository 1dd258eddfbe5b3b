// The market that a file's name speaks of: bars of one market must not pass for those of another.
import { INTERVALS } from '../../klines/interval.js';

const NAME = new RegExp(`(?:^|[_-])((?=\\d*[A-Z])[A-Z0-9]{2,30}(?:_\\d{6})?)[_-](?:${INTERVALS.map((interval) => interval.name).join('|')})(?![A-Za-z0-9])`);

/**
 * The symbol in names such as `binance_BTCUSDT_1d.csv`, `BTCUSDT-1d-2024-01.csv`; null where there is none.
 * @example symbolOfFileName('ETHUSDT_1d_12col.csv') // 'ETHUSDT'
 */
export function symbolOfFileName(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null;
}

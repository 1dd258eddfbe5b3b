// Stored klines that cannot be read: an error of their reader, with the way out of their market.
import { ForecastLabError, isForecastLabError } from '../../errors.js';
import { isSampleSymbol, type Market } from './raw-klines-path.js';
import { updateCommand } from './update-command.js';

/** The same error with the command that mends it: readers do not know which market they read. Other errors as they are. */
export function explainDamage(error: unknown, market: Market): unknown {
  if (!isForecastLabError(error) || (error.code !== 'BAD_FILE' && error.code !== 'CORRUPT')) return error;
  const hint = isSampleSymbol(market.symbol)
    ? `Move the file and its manifest aside, and make them anew: ${updateCommand(market, '--source sample')}.`
    : `${updateCommand(market, '--repair')} keeps what can be read, and fetches what is lost.`;
  return new ForecastLabError(error.code, error.message, { hint, details: error.details, cause: error });
}

// Lets the exchange fail in one of the ways of a day plan, and lets it be well again.
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';
import type { ExchangeTrouble } from './day-plan.js';

const KLINES = { path: /klines/, times: Infinity } as const;

/** Gives the function that ends it. */
export async function troubleExchange(exchange: LocalExchange, trouble: ExchangeTrouble): Promise<() => Promise<void>> {
  if (trouble === 'down') {
    await exchange.down();
    return () => exchange.up();
  }
  const end =
    trouble === 'late'
      ? exchange.faults.add({ ...KLINES, kind: 'edit', edit: withoutNewestBar })
      : exchange.faults.add({ ...KLINES, kind: 'status', ...(trouble === 'busy' ? { status: 429, retryAfterSeconds: 600 } : { status: 418, retryAfterSeconds: 1800 }) });
  return async () => end();
}

/** The answer of a database that lags behind: the bar that closed last is not in it yet. */
function withoutNewestBar(body: string): string {
  const rows = body.match(/\[[^[\]]+\]/g) ?? [];
  return `[${rows.slice(0, -1).join(',')}]`;
}

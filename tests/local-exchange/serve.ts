// A demo exchange on this machine: synthetic prices, the real clock, and the manners of the real one.
//   node --import tsx tests/local-exchange/serve.ts --port 8900 --symbols BTCUSDT,ETHUSDT
import { parseArgs } from 'node:util';
import type { MarketSpec } from './options.js';
import { startLocalExchange } from './start-local-exchange.js';

const DAY_MS = 86_400_000;
const SYMBOLS = 'BTCUSDT,ETHUSDT,SOLUSDT';
/** How far back the bars go: two months of minutes, years of hours; other lengths are put together from these. */
const DAYS_BACK = { '1m': 60, '1h': 8 * 365 } as const;

const { values } = parseArgs({ options: { port: { type: 'string', default: '8900' }, symbols: { type: 'string', default: SYMBOLS }, help: { type: 'boolean' } } });
if (values.help === true) {
  process.stdout.write('node --import tsx tests/local-exchange/serve.ts [--port 8900] [--symbols A,B,C]\n');
} else {
  await serve(Number(values.port), [...new Set(values.symbols.split(',').filter((symbol) => symbol !== ''))]);
}

async function serve(port: number, symbols: readonly string[]): Promise<void> {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const markets = symbols.flatMap((symbol, seed) =>
    Object.entries(DAYS_BACK).map(([interval, days]): MarketSpec => ({ symbol, interval, sample: { seed, startMs: today - days * DAY_MS } })),
  );
  const exchange = await startLocalExchange({ markets, nowMs: 'real', port });
  process.stdout.write(`A local exchange at ${exchange.url}. SYNTHETIC PRICES under real names: nothing here was ever traded.
${symbols.join(', ')}: 1m to 30m of ${DAYS_BACK['1m']} days, 1h to 1M of ${DAYS_BACK['1h']} days.

  forecastlab-train data update --symbol ${symbols.join(',')} --interval 1d --base-url ${exchange.url} --dumps-url ${exchange.url}

Keep such bars in a folder of their own (--root DIR). Ctrl-C ends it.
`);
  const end = (): void => void exchange.close();
  process.once('SIGINT', end).once('SIGTERM', end);
}

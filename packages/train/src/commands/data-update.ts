// forecastlab-train data update: brings stored klines up to date, from the exchange or as the synthetic sample market.
import { ForecastLabError, optionError, parseInterval, SAMPLE_SYMBOL } from '@forecastlab/core';
import { type CommandContext, type CommandResult, defineCommand, exitCodeOf, isSampleSymbol, type Market, type MarketsUpdate, openSources, openStore, option, type ProgressTask, type Sources, updateMarkets, updateSampleKlines } from '@forecastlab/core/node';
import { formatUpdate } from '../format-update.js';
import { readNameList } from '../read-name-list.js';

export const dataUpdate = defineCommand({
  path: ['data', 'update'],
  summary: 'Bring stored klines up to date',
  description:
    'Fetches the closed bars of markets from Binance and stores them under data/raw with a manifest beside them; running again adds what has closed since, and goes on where an update was stopped. Nothing is asked twice but the newest three bars. auto takes whole months of short bars from the archives of data.binance.vision and the rest from REST. Exit 0 done, 2 the call is wrong (an unknown symbol gets near names), 3 some markets failed, 75 try again later.',
  examples: [
    'data update --symbol BTCUSDT --interval 1d --start 2018-01-01',
    'data update --symbol BTCUSDT,ETHUSDT,SOLUSDT --interval 1h',
    'data update --symbol @symbols.txt --interval 1m --format parquet',
    'data update --symbol BTCUSDT --interval 1d --repair',
    'data update --source sample',
  ],
  options: {
    symbol: option.list({ describe: `Markets, or @FILE with their names; ${SAMPLE_SYMBOL} is the synthetic one. Default with --source sample: ${SAMPLE_SYMBOL}.`, placeholder: 'S,S,…|@FILE' }),
    interval: option.string({ describe: 'Bar length, 1s to 1M; case matters.', default: '1d', placeholder: 'I' }),
    start: option.string({ describe: 'UTC date of the first bar. Default: that of the stored bars, else the earliest there is.', placeholder: 'DATE' }),
    source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Where bars come from: archives and REST, whichever takes fewer requests; one of them; or the synthetic market.', default: 'auto' }),
    venue: option.choice(['spot', 'usdm'], { describe: 'Where the markets are traded: spot, or futures margined in USD.', default: 'spot' }),
    baseUrl: option.list({ describe: 'Hosts of the exchange, asked in this order; no others are asked then. Default: the public market-data mirror, then the exchange\'s own hosts.', placeholder: 'URL,URL,…' }),
    dumpsUrl: option.string({ describe: 'Site of the archives. Default: https://data.binance.vision, or the first --base-url.', placeholder: 'URL' }),
    format: option.choice(['csv', 'parquet'], { describe: 'How bars are stored: one CSV file, or a Parquet file for each month, for long series of short bars. Default: as they are stored, else csv.' }),
    repair: option.boolean({ describe: 'Also fetch again what is missing, odd, edited or damaged in the stored bars, and look for archives that were published anew.' }),
    seed: option.integer({ describe: 'Which synthetic market.', default: 42, min: 0, max: 0xffffffff }),
    signal: option.number({ describe: 'Strength of the planted signal, 0 (none) to 1.', default: 1, min: 0, max: 1 }),
  },
  async run(options, context) {
    const { interval, source, venue, seed, signal } = options;
    const symbols = await readSymbols(options.symbol, { source, cwd: context.cwd });
    const startMs = options.start === undefined ? undefined : parseDate(options.start);
    parseInterval(interval);
    const store = await openStore(context.store, context);
    if (source === 'sample' || symbols.some(isSampleSymbol)) {
      if (symbols.length > 1) throw optionError('data update', 'symbol', `${SAMPLE_SYMBOL} alone, or real markets alone`, symbols.join(','));
      const report = await updateSampleKlines(store, { symbol: symbols[0], interval, seed, signal, nowMs: context.nowMs(), ...(startMs === undefined ? {} : { startMs }) });
      const file = store.describe(report.path);
      return { json: { ...report, file }, text: formatUpdate({ ...report, file, venue: 'spot', format: 'csv', restated: [], gaps: [], refusedArchives: [] }) };
    }
    if (venue === 'usdm' && interval === '1s') throw optionError('data update', 'interval', '1m or longer for futures', interval);
    const sources = openSources({ store, root: context.root, venue, baseUrls: options.baseUrl, dumpsUrl: options.dumpsUrl, nowMs: () => context.nowMs(), signal: context.signal, log: (text) => context.log(text) });
    const markets = symbols.map((symbol): Market => ({ symbol, interval, venue }));
    const progress = showProgress(context, markets);
    try {
      const update = await updateMarkets(store, markets, {
        ...sources,
        source,
        startMs,
        format: options.format,
        repair: options.repair,
        nowMs: () => context.nowMs(),
        signal: context.signal,
        log: (text) => context.log(text),
        onProgress: progress.onBars,
        onMarket: ({ symbol }, outcome) => {
          progress.onMarket();
          if (markets.length > 1) context.log(outcome instanceof Error ? `${symbol}: failed: ${outcome.message}` : `${symbol}: ${outcome.rows} bars, ${outcome.added} new`);
        },
      });
      if (update.failed.length === 0) progress.finish();
      return markets.length === 1 ? reportOne(update, sources) : reportMany(update, sources);
    } finally {
      progress.end();
    }
  },
});

async function readSymbols(list: readonly string[] | undefined, { source, cwd }: { readonly source: string; readonly cwd: string }): Promise<readonly string[]> {
  if (list === undefined) {
    if (source === 'sample') return [SAMPLE_SYMBOL];
    throw new ForecastLabError('BAD_OPTION', 'It must be said which market to fetch.', { hint: 'Give --symbol BTCUSDT (several with commas, or @FILE), or --source sample for the synthetic market.', details: { option: 'symbol' } });
  }
  const names = await readNameList(list, { cwd, what: 'symbol', example: '--symbol BTCUSDT,ETHUSDT' });
  if (names.length === 0) throw optionError('data update', 'symbol', 'at least one market', list.join(','), 'The file names none.');
  return [...new Set(names)];
}

function reportOne({ updated, failed }: MarketsUpdate, sources: Sources): CommandResult {
  const [update] = updated;
  if (update === undefined) throw failed[0].error;
  return { json: { ...update, ...usageOf(sources) }, text: `${formatUpdate(update)}\n${usageLine(sources)}` };
}

/** Markets that failed are named beside those that did not. */
function reportMany({ updated, failed }: MarketsUpdate, sources: Sources): CommandResult {
  const codes = new Set(failed.map(({ error }) => exitCodeOf(error)));
  const exitCode = failed.length === 0 ? 0 : updated.length > 0 ? 3 : codes.size === 1 && codes.has(75) ? 75 : codes.size === 1 && codes.has(2) ? 2 : 1;
  return {
    json: { updated, failed: failed.map(({ symbol, interval, error: { code, message, hint } }) => ({ symbol, interval, error: { code, message, hint: hint ?? null } })), ...usageOf(sources) },
    text: [
      ...updated.map(formatUpdate),
      ...failed.map(({ symbol, interval, error }) => `${symbol} ${interval}: failed: ${error.message}${error.hint === undefined ? '' : `\n  ${error.hint}`}`),
      `${updated.length} of ${updated.length + failed.length} markets are up to date. ${usageLine(sources)}`,
    ].join('\n'),
    exitCode,
  };
}

function usageOf({ exchange, dumps }: Sources): Readonly<Record<string, number>> {
  const { requests, weight, waitedMs } = exchange.usage();
  const archives = dumps.usage();
  return { requests, weight, waitedMs, archiveRequests: archives.requests, archiveBytes: archives.bytes };
}

function usageLine({ exchange, dumps }: Sources): string {
  const { requests, weight } = exchange.usage();
  const archives = dumps.usage();
  const ofArchives = archives.requests === 0 ? '' : `, ${archives.requests} of archives (${(archives.bytes / 1e6).toFixed(1)} MB)`;
  return `Requests: ${requests} to the exchange (weight ${weight})${ofArchives}.`;
}

/** Bars of one market, once it is known how many there are to fetch; of several, how many are done. */
function showProgress(context: CommandContext, markets: readonly Market[]): { onBars(fetched: number, total: number): void; onMarket(): void; finish(): void; end(): void } {
  let task: ProgressTask | undefined = markets.length === 1 ? undefined : context.progress.task('Markets', markets.length, 'markets');
  let bars = 0;
  return {
    onBars: (fetched, total) => {
      bars = fetched;
      if (markets.length > 1 || total < FEW_BARS) return;
      task ??= context.progress.task(`${markets[0].symbol} ${markets[0].interval}`, total, 'bars');
      task.set(fetched, total);
    },
    onMarket: () => {
      if (markets.length > 1) task?.advance();
    },
    // totals are estimates until all has come
    finish: () => {
      if (markets.length === 1) task?.set(bars, bars);
    },
    end: () => task?.end(),
  };
}

/** So many are there at once. */
const FEW_BARS = 5000;

function parseDate(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) throw optionError('data update', 'start', 'a calendar date such as 2018-01-01', text);
  return time;
}

// forecastlab-train data update: brings stored klines up to date.
import { ForecastLabError, optionError, SAMPLE_SYMBOL } from '@forecastlab/core';
import { defineCommand, isSampleSymbol, option, updateSampleKlines } from '@forecastlab/core/node';
import { openStore } from '../open-store.js';

export const dataUpdate = defineCommand({
  path: ['data', 'update'],
  summary: 'Bring stored klines up to date',
  description:
    'Stores the closed bars of a market under data/raw, with a manifest beside them; running again adds what has closed since. This version makes the synthetic sample market; real klines are read from files (--data FILE of the other commands).',
  examples: ['data update --symbol SAMPLEUSDT --interval 1d --source sample', 'data update --source sample --start 2020-01-01 --signal 0'],
  options: {
    symbol: option.string({ describe: `Market; ${SAMPLE_SYMBOL} is the synthetic one. Default with --source sample: ${SAMPLE_SYMBOL}.`, placeholder: 'S' }),
    interval: option.string({ describe: 'Bar length.', default: '1d', placeholder: 'I' }),
    start: option.string({ describe: 'UTC date of the first bar. Default: the earliest there is.', placeholder: 'DATE' }),
    source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Where bars come from; auto takes what the market has.', default: 'auto' }),
    seed: option.integer({ describe: 'Which synthetic market.', default: 42, min: 0, max: 0xffffffff }),
    signal: option.number({ describe: 'Strength of the planted signal, 0 (none) to 1.', default: 1, min: 0, max: 1 }),
  },
  async run(options, context) {
    const { symbol, interval, source, seed, signal } = options;
    if (source !== 'sample' && !(source === 'auto' && symbol !== undefined && isSampleSymbol(symbol))) {
      throw new ForecastLabError('BAD_OPTION', `This version cannot fetch bars from the exchange (source ${source}${symbol === undefined ? '' : `, market ${symbol}`}).`, {
        hint: 'Read exchange data from a file with --data FILE of the other commands, or take the synthetic market: --source sample.',
        details: { option: 'source', got: source },
      });
    }
    const startMs = options.start === undefined ? undefined : parseDate(options.start);
    const report = await updateSampleKlines(openStore(context.store), { interval, seed, signal, nowMs: context.nowMs(), ...(symbol === undefined ? {} : { symbol }), ...(startMs === undefined ? {} : { startMs }) });
    const { path, rows, added, fromMs, toMs, synthetic } = report;
    const span = `${isoDay(fromMs)} to ${isoDay(toMs)}`;
    return { json: { ...report, file: openStore(context.store).describe(path) }, text: `${path}: ${rows} closed bars of ${report.symbol} ${report.interval}${synthetic ? ' (synthetic)' : ''}, ${span}, ${added} new` };
  },
});

function parseDate(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || isoDay(time) !== text) throw optionError('data update', 'start', 'a calendar date such as 2018-01-01', text);
  return time;
}

const isoDay = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

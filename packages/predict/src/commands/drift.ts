// forecastlab-predict drift: how far the market has moved from what the bundle was trained on.
import { ForecastLabError } from '@forecastlab/core';
import { defineCommand, openStore, option } from '@forecastlab/core/node';
import { formatDrift } from '../drift/format-drift.js';
import { reportDrift } from '../drift/report-drift.js';

export const driftCommand = defineCommand({
  path: ['drift'],
  summary: 'How far the market has moved from what the bundle was trained on.',
  description:
    'Compares the newest bars with the training rows of the bundle, feature by feature and as a whole, and its newest probabilities with those of its walk-forward evaluation; the lines are what stretches of training themselves showed. Reads stored bars and writes nothing. Exit 0 whatever is found: a finding is no failure; 3 when a market of several could not be measured, each named.',
  examples: ['drift', 'drift --rows 120', 'drift --asof 2025-01-31 --json', 'drift --bundle flow_T21X8_T14X8_20250131 --data data/raw/binance_BTCUSDT_1d.csv'],
  options: {
    data: option.file({ describe: "Klines file to measure. Default: the stored klines of the bundle's markets." }),
    symbols: option.list({ describe: 'Markets, for a bundle of several. Default: those of the bundle whose klines are stored.', placeholder: 'LIST' }),
    asof: option.string({ describe: 'UTC date of the newest bar that is looked at. Default: the newest complete day.', placeholder: 'DATE' }),
    bundle: option.string({ describe: 'Bundle to compare with. Default: the active one.', placeholder: 'NAME' }),
    rows: option.integer({ describe: 'Newest bars that are compared: a length that the bundle has lines for, 20, 60 or 120. Default: 60, or fewer where there are not as many.', min: 1 }),
  },
  async run({ data, symbols, asof, bundle, rows }, context) {
    if (data !== undefined && symbols !== undefined && symbols.length > 1) throw new ForecastLabError('BAD_OPTION', 'A file holds bars of one market: --data goes with one symbol.', { hint: 'Name one with --symbols, or leave --data away.' });
    const report = await reportDrift({ store: await openStore(context.store, context), nowMs: context.nowMs(), dataFile: data, symbols, asofDate: asof, bundleName: bundle, rows });
    for (const market of report.markets) for (const warning of market.data_warnings) context.log(`data: ${market.symbol}: ${warning}`);
    return { json: report, text: formatDrift(report), exitCode: report.failures.length > 0 ? 3 : 0 };
  },
});

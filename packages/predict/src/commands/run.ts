// forecastlab-predict run: the prediction of a day.
import { defineCommand, openFolderStore, option } from '@forecastlab/core/node';
import { ForecastLabError } from '@forecastlab/core';
import { formatReport } from '../format-report.js';
import { recordedRun } from '../recorded-run.js';
import { type PredictionRequest, runPrediction } from '../run-prediction.js';

export const runCommand = defineCommand({
  path: ['run'],
  summary: 'Predict the newest closed day with the active bundle and keep the answer.',
  description:
    'Loads the active bundle, takes the closed bars of its market, predicts the newest complete day with every candidate and writes outputs/predictions/daily/<date>.json, once: running again changes nothing, and a different answer is refused without --force.',
  examples: ['run', 'run --source sample', 'run --data data/raw/binance_BTCUSDT_1d.csv', 'run --asof 2025-01-31 --dry-run --json'],
  options: {
    data: option.file({ describe: 'Klines file to predict from. Default: the stored klines of the bundle\'s market.' }),
    source: option.choice(['sample'], { describe: 'Bring the stored klines up to date from this source first (sample: the synthetic market).' }),
    asof: option.string({ describe: 'UTC date whose last bar is predicted from. Default: the newest complete day.', placeholder: 'DATE' }),
    bundle: option.string({ describe: 'Bundle to predict with. Default: the active one.', placeholder: 'NAME' }),
    dryRun: option.boolean({ describe: 'Predict and print, but write nothing.' }),
    force: option.boolean({ describe: 'Put a different answer in the place of the first, which is kept under superseded/.' }),
  },
  async run(options, context) {
    if (options.data !== undefined && options.source !== undefined) {
      throw new ForecastLabError('BAD_OPTION', 'The options `data` and `source` exclude each other.', { hint: '--data predicts from a file as it is; --source updates the stored klines first.' });
    }
    const store = openFolderStore(context.store);
    const request: PredictionRequest = {
      store,
      nowMs: context.nowMs(),
      isDryRun: options.dryRun,
      force: options.force,
      ...(options.data === undefined ? {} : { dataFile: options.data }),
      ...(options.source === undefined ? {} : { source: options.source }),
      ...(options.asof === undefined ? {} : { asofDate: options.asof }),
      ...(options.bundle === undefined ? {} : { bundleName: options.bundle }),
    };
    const { data, source, asof, bundle, force } = options;
    const record = { nowMs: () => context.nowMs(), random: Math.random, facts: { version: context.program.version, data, source, asof, bundle, force } };
    const report = options.dryRun ? await runPrediction(request) : await recordedRun(store, record, () => runPrediction(request));
    for (const warning of report.dataWarnings) context.log(`data: ${warning}`);
    return { json: { prediction: report.prediction, ...report.outcome, data_file: report.dataFile, data_warnings: report.dataWarnings }, text: formatReport(report, (path) => store.describe(path)) };
  },
});

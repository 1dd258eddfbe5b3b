// forecastlab-predict run: the prediction of a day.
import { type ArtifactStore, type CommandContext, defineCommand, type KlinesSource, openFolderStore, openSources, option } from '@forecastlab/core/node';
import { ForecastLabError } from '@forecastlab/core';
import { formatReport } from '../format-report.js';
import { recordedRun } from '../recorded-run.js';
import type { BarSource } from '../update-stored-bars.js';
import { type PredictionRequest, runPrediction } from '../run-prediction.js';

export const runCommand = defineCommand({
  path: ['run'],
  summary: 'Predict the newest closed day with the active bundle and keep the answer.',
  description:
    'Loads the active bundle, takes the closed bars of its market, predicts the newest complete day with every candidate and writes outputs/predictions/daily/<date>.json, once: running again changes nothing, and a different answer is refused without --force.',
  examples: ['run', 'run --source auto', 'run --source sample', 'run --data data/raw/binance_BTCUSDT_1d.csv', 'run --asof 2025-01-31 --dry-run --json'],
  options: {
    data: option.file({ describe: 'Klines file to predict from. Default: the stored klines of the bundle\'s market.' }),
    source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Bring the stored klines up to date from this source first: the exchange\'s archives and REST, one of them, or the synthetic market.' }),
    baseUrl: option.list({ describe: 'Hosts of the exchange, asked in this order. Default: the public market-data mirror, then the exchange\'s own hosts.', placeholder: 'URL,URL,…' }),
    dumpsUrl: option.string({ describe: 'Site of the archives. Default: https://data.binance.vision, or the first --base-url.', placeholder: 'URL' }),
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
      ...(options.source === undefined ? {} : { source: barSource(options.source, options, context, store) }),
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

function barSource(source: KlinesSource | 'sample', { baseUrl, dumpsUrl }: { readonly baseUrl?: readonly string[] | undefined; readonly dumpsUrl?: string | undefined }, context: CommandContext, store: ArtifactStore): BarSource {
  if (source === 'sample') return { kind: 'sample' };
  const common = { nowMs: () => context.nowMs(), signal: context.signal, log: (text: string) => context.log(text) };
  return {
    kind: 'exchange',
    open: (venue) => ({ ...common, ...openSources({ ...common, store, root: context.root, venue, baseUrls: baseUrl, dumpsUrl }), source }),
  };
}

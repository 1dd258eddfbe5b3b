// forecastlab-predict run: the prediction of a day, for one market or each of several.
import { type ArtifactStore, type CommandContext, defineCommand, type KlinesSource, openSources, openStore, option } from '@forecastlab/core/node';
import { ForecastLabError } from '@forecastlab/core';
import { formatReport, formatReports } from '../format-report.js';
import { loadBundle } from '../load-bundle.js';
import { recordedRun } from '../recorded-run.js';
import type { BarSource } from '../update-stored-bars.js';
import { type PredictionReport, type PredictionRequest, runPrediction } from '../run-prediction.js';
import { type PredictionsReport, runPredictions } from '../run-predictions.js';

export const runCommand = defineCommand({
  path: ['run'],
  summary: 'Predict the newest closed day with the active bundle and keep the answer.',
  description:
    'Loads the active bundle, takes the closed bars of its market, predicts the newest complete day with every candidate and writes outputs/predictions/daily/<date>.json, once: running again changes nothing, and a different answer is refused without --force. A bundle of several markets predicts each of them by itself into outputs/predictions/daily/<SYMBOL>/: exit 3 when some failed, 75 when all may succeed later.',
  examples: ['run', 'run --source auto', 'run --source sample', 'run --data data/raw/binance_BTCUSDT_1d.csv', 'run --asof 2025-01-31 --dry-run --json', 'run --symbols BTCUSDT,DOGEUSDT'],
  options: {
    data: option.file({ describe: 'Klines file to predict from. Default: the stored klines of the bundle\'s markets.' }),
    symbols: option.list({ describe: 'Markets, for a bundle of several; also ones that it was not trained on, which are marked. Default: those of the bundle whose klines are stored, with --source all of it.', placeholder: 'LIST' }),
    source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Bring the stored klines up to date from this source first: the exchange\'s archives and REST, one of them, or the synthetic market.' }),
    baseUrl: option.list({ describe: 'Hosts of the exchange, asked in this order. Default: the public market-data mirror, then the exchange\'s own hosts.', placeholder: 'URL,URL,…' }),
    dumpsUrl: option.string({ describe: 'Site of the archives. Default: https://data.binance.vision, or the first --base-url.', placeholder: 'URL' }),
    asof: option.string({ describe: 'UTC date whose last bar is predicted from. Default: the newest complete day.', placeholder: 'DATE' }),
    bundle: option.string({ describe: 'Bundle to predict with. Default: the active one.', placeholder: 'NAME' }),
    allowMissingLeader: option.boolean({ describe: 'Answer although the bars of the leading market, which features of the bundle follow, do not reach the day. Default: wait for them (exit 75), as an answer stays.' }),
    dryRun: option.boolean({ describe: 'Predict and print, but write nothing; with --source nothing is updated either.' }),
    force: option.boolean({ describe: 'Put a different answer in the place of the first, which is kept under superseded/.' }),
  },
  async run(options, context) {
    if (options.data !== undefined && options.source !== undefined) {
      throw new ForecastLabError('BAD_OPTION', 'The options `data` and `source` exclude each other.', { hint: '--data predicts from a file as it is; --source updates the stored klines first.' });
    }
    const store = await openStore(context.store);
    const request: PredictionRequest = {
      store,
      nowMs: context.nowMs(),
      isDryRun: options.dryRun,
      force: options.force,
      allowMissingLeader: options.allowMissingLeader,
      ...(options.data === undefined ? {} : { dataFile: options.data }),
      ...(options.source === undefined ? {} : { source: barSource(options.source, options, context, store) }),
      ...(options.asof === undefined ? {} : { asofDate: options.asof }),
      ...(options.bundle === undefined ? {} : { bundleName: options.bundle }),
    };
    const { data, source, asof, bundle, force, symbols, allowMissingLeader } = options;
    const record = { nowMs: () => context.nowMs(), random: Math.random, facts: { version: context.program.version, data, symbols, source, asof, bundle, force, allowMissingLeader } };
    const recorded = <Report extends PredictionReport | PredictionsReport>(work: () => Promise<Report>): Promise<Report> => (options.dryRun ? work() : recordedRun(store, record, work));
    if (options.dryRun && source !== undefined) context.log('dry run: nothing was updated; the stored klines are taken as they are.');
    const placeOf = (path: string): string => store.describe(path);
    if (data !== undefined && symbols !== undefined && symbols.length > 1) throw new ForecastLabError('BAD_OPTION', 'A file holds bars of one market: --data goes with one symbol.', { hint: 'Name one with --symbols, or leave --data away.' });
    if (data === undefined && symbols?.length !== 1 && (await isOfSeveral(request))) {
      const report = await recorded(() => runPredictions({ ...request, symbols }));
      for (const { prediction, dataWarnings } of report.reports) for (const warning of dataWarnings) context.log(`data: ${prediction.symbol}: ${warning}`);
      return { json: { predictions: report.reports.map(jsonOf), failures: report.failures, not_stored: report.notStored }, text: formatReports(report, placeOf), exitCode: report.exitCode };
    }
    const report = await recorded(() => runPrediction({ ...request, ...(symbols === undefined ? {} : { symbol: symbols.length === 1 ? symbols[0] : symbols.join(',') }) }));
    for (const warning of report.dataWarnings) context.log(`data: ${warning}`);
    return { json: jsonOf(report), text: formatReport(report, placeOf) };
  },
});

/** Several markets make a list; a bundle that is refused is told by the run itself. */
async function isOfSeveral(request: PredictionRequest): Promise<boolean> {
  try {
    return (await loadBundle(request)).meta.symbols !== undefined;
  } catch {
    return false;
  }
}

function jsonOf({ prediction, outcome, dataFile, dataWarnings }: PredictionReport): object {
  return { prediction, ...outcome, data_file: dataFile, data_warnings: dataWarnings };
}

function barSource(source: KlinesSource | 'sample', { baseUrl, dumpsUrl }: { readonly baseUrl?: readonly string[] | undefined; readonly dumpsUrl?: string | undefined }, context: CommandContext, store: ArtifactStore): BarSource {
  if (source === 'sample') return { kind: 'sample' };
  const common = { nowMs: () => context.nowMs(), signal: context.signal, log: (text: string) => context.log(text) };
  return {
    kind: 'exchange',
    open: (venue) => ({ ...common, ...openSources({ ...common, store, root: context.root, venue, baseUrls: baseUrl, dumpsUrl }), source }),
  };
}

// forecastlab-predict run: the prediction of a day, for one market or each of several.
import { ForecastLabError } from '@forecastlab/core';
import { type CommandResult, defineCommand, openStore, option, type RunLog } from '@forecastlab/core/node';
import { formatReport, formatReports, sayPlanned } from '../report/format-report.js';
import { sayDays } from '../report/say-days.js';
import { isDaily, type MarketResult, type PredictionReport } from '../run/prediction-request.js';
import { factsOfDays, factsOfRun } from '../run/record-facts.js';
import { onlyError, type PredictionsReport, type PredictionsRequest, runPredictions } from '../run/run-predictions.js';
import { tellBrokenRun, tellRun } from '../run/tell-alerts.js';
import { barSource } from './bar-source.js';
import { operatedRun } from './operated-run.js';

export const runCommand = defineCommand({
  path: ['run'],
  summary: 'Predict the newest closed day with the active bundle and keep the answer.',
  description:
    'Loads the active bundle, takes the closed bars of its market, predicts the newest complete day with every candidate and writes outputs/predictions/daily/<date>.json, once: running again changes nothing, also when another answer would come out by now. Then days of the last week that were missed get theirs, marked as backfilled, with what was knowable on each. With --data, --asof or --bundle a different answer is refused without --force. A bundle of several markets predicts each of them by itself into outputs/predictions/daily/<SYMBOL>/: exit 3 when some failed, 75 when all may succeed later.',
  examples: ['run', 'run --source auto', 'run --source sample', 'run --data data/raw/binance_BTCUSDT_1d.csv', 'run --asof 2025-01-31 --dry-run --json', 'run --symbols BTCUSDT,DOGEUSDT'],
  options: {
    data: option.file({ describe: 'Klines file to predict from. Default: the stored klines of the bundle\'s markets.' }),
    symbols: option.list({ describe: 'Markets, for a bundle of several; also ones that it was not trained on, which are marked. Default: those of the bundle whose klines are stored, with --source all of it.', placeholder: 'LIST' }),
    source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Bring the stored klines up to date from this source first: the exchange\'s archives and REST, one of them, or the synthetic market.' }),
    baseUrl: option.list({ describe: 'Hosts of the exchange, asked in this order. Default: the public market-data mirror, then the exchange\'s own hosts.', placeholder: 'URL,URL,…' }),
    dumpsUrl: option.string({ describe: 'Site of the archives. Default: https://data.binance.vision, or the first --base-url.', placeholder: 'URL' }),
    asof: option.string({ describe: 'UTC date whose last bar is predicted from; a day that is over is marked as backfilled. Default: the newest complete day.', placeholder: 'DATE' }),
    bundle: option.string({ describe: 'Bundle to predict with. Default: the active one, or where that fails its checks the one before.', placeholder: 'NAME' }),
    allowMissingLeader: option.boolean({ describe: 'Answer although the bars of the leading market, which features of the bundle follow, do not reach the day. Default: wait for them (exit 75), as an answer stays.' }),
    dryRun: option.boolean({ describe: 'Predict and print, but write nothing; with --source nothing is updated either.' }),
    force: option.boolean({ describe: 'Put a different answer in the place of the first, which is kept under superseded/.' }),
  },
  async run(options, context) {
    const { data, source, asof, bundle, force, symbols, allowMissingLeader, dryRun } = options;
    if (data !== undefined && source !== undefined) {
      throw new ForecastLabError('BAD_OPTION', 'The options `data` and `source` exclude each other.', { hint: '--data predicts from a file as it is; --source updates the stored klines first.' });
    }
    if (data !== undefined && symbols !== undefined && symbols.length > 1) throw new ForecastLabError('BAD_OPTION', 'A file holds bars of one market: --data goes with one symbol.', { hint: 'Name one with --symbols, or leave --data away.' });
    const store = await openStore(context.store, context);
    const request: PredictionsRequest = {
      store,
      nowMs: context.nowMs(),
      signal: context.signal,
      isDryRun: dryRun,
      force,
      allowMissingLeader,
      symbols,
      ...(data === undefined ? {} : { dataFile: data }),
      ...(source === undefined ? {} : { source: barSource(source, options, context, store) }),
      ...(asof === undefined ? {} : { asofDate: asof }),
      ...(bundle === undefined ? {} : { bundleName: bundle }),
    };
    if (dryRun && source !== undefined) context.log('dry run: nothing was updated; the stored klines are taken as they are.');
    const report: PredictionsReport = dryRun
      ? await runPredictions(request)
      : await operatedRun<PredictionsReport>(context, {
          store,
          job: 'predict',
          facts: { version: context.program.version, data, symbols, source, asof, bundle, force, allowMissingLeader },
          describe: (done) => ({ exitCode: done.exitCode, facts: factsOfRun(done) }),
          async work(log) {
            const done = await runPredictions({ ...request, onMarket: (result) => logMarket(log, result) });
            const { filled, skipped, failed } = done.pastDays;
            if (filled.length + skipped.length + failed.length > 0) log[failed.length > 0 ? 'error' : 'info']('past days', factsOfDays(done.pastDays));
            return done;
          },
          tell: (alerts, done) => (isDaily(request) ? tellRun(alerts, done, context.nowMs()) : Promise.resolve()),
          tellBroken: (alerts, error) => (isDaily(request) ? tellBrokenRun(alerts, error, context.nowMs()) : Promise.resolve()),
        });
    const placeOf = (path: string): string => store.describe(path);
    const { isList, reports } = report;
    for (const { prediction, dataWarnings } of reports) for (const warning of dataWarnings) context.log(`data: ${isList ? `${prediction.symbol}: ` : ''}${warning}`);
    const error = onlyError(report);
    if (error !== undefined) {
      for (const line of sayDays(report.pastDays, placeOf)) context.log(line);
      throw error;
    }
    return tell(report, placeOf);
  },
});

function tell(report: PredictionsReport, placeOf: (path: string) => string): CommandResult {
  const { isList, reports, failures, planned, notStored, pastDays, exitCode } = report;
  const days = factsOfDays(pastDays);
  if (isList) return { json: { predictions: reports.map(jsonOf), failures, not_stored: notStored, ...(planned.length === 0 ? {} : { planned }), ...days }, text: formatReports(report, placeOf), exitCode };
  if (planned.length > 0) return { json: { status: 'dry-run', prediction: null, planned: planned[0], ...days }, text: [...planned.map((answer) => sayPlanned(answer, placeOf)), ...sayDays(pastDays, placeOf), 'Dry run: nothing was written.'].join('\n'), exitCode };
  return { json: { ...jsonOf(reports[0]), ...days }, text: formatReport(reports[0], { pastDays, placeOf }), exitCode };
}

function logMarket(log: RunLog, result: MarketResult): void {
  const { symbol } = result;
  if ('report' in result) log.info('market', { symbol, asof_date: result.report.prediction.asof_date, ...result.report.outcome });
  else if ('error' in result) log[result.error.code === 'TEMPORARY' ? 'warn' : 'error']('market', { symbol, code: result.error.code, message: result.error.message });
}

function jsonOf({ prediction, outcome, dataFile, dataWarnings }: PredictionReport): object {
  return { prediction, ...outcome, data_file: dataFile, data_warnings: dataWarnings };
}

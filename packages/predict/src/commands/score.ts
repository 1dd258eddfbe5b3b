// forecastlab-predict score: fill in the outcomes of matured predictions and print the live scorecard.
import { defineCommand, openStore, option } from '@forecastlab/core/node';
import { chooseEntries } from '../score/choose-entries.js';
import { formatScoreReport } from '../score/format-score-report.js';
import { describeScore, logScore } from '../score/describe-score.js';
import { OUTCOMES_FILE, SCORECARD_FILE } from '../score/score-paths.js';
import { scorePredictions } from '../score/score-predictions.js';
import { tellFailure, tellScore } from '../score/tell-score.js';
import { barSource } from './bar-source.js';
import { operatedRun } from './operated-run.js';

export const scoreCommand = defineCommand({
  path: ['score'],
  summary: 'Fill in the outcomes of matured predictions and print the live scorecard.',
  description:
    'Looks what became of every prediction. One whose whole label window has closed gets its outcome in outputs/predictions/outcomes.jsonl, once; one that has touched a barrier early is shown apart and not scored before. Then scores all of them by candidate and bundle beside what the bundle\'s walk-forward evaluation had, prints the scorecard and writes it to outputs/predictions/scorecard.json. Running again adds nothing. --symbols, --bundle and --candidate choose what is shown; everything is scored. Exit 3 when some predictions or markets could not be used, each named.',
  examples: ['score', 'score --source auto', 'score --candidate T21_X8 --json', 'score --symbols BTCUSDT,ETHUSDT', 'score --dry-run'],
  options: {
    symbols: option.list({ describe: 'Show these markets. Default: all.', placeholder: 'LIST' }),
    bundle: option.string({ describe: 'Show this bundle. Default: all.', placeholder: 'NAME' }),
    candidate: option.string({ describe: 'Show this candidate. Default: all.', placeholder: 'NAME' }),
    source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Bring the stored klines of all markets with predictions up to date from this source first: the exchange\'s archives and REST, one of them, or the synthetic market.' }),
    baseUrl: option.list({ describe: 'Hosts of the exchange, asked in this order. Default: the public market-data mirror, then the exchange\'s own hosts.', placeholder: 'URL,URL,…' }),
    dumpsUrl: option.string({ describe: 'Site of the archives. Default: https://data.binance.vision, or the first --base-url.', placeholder: 'URL' }),
    dryRun: option.boolean({ describe: 'Score and print, but write nothing; with --source nothing is updated either.' }),
  },
  async run(options, context) {
    const store = await openStore(context.store, context);
    const { dryRun, source, symbols, bundle, candidate } = options;
    const request = { store, nowMs: context.nowMs(), isDryRun: dryRun, signal: context.signal, source: source === undefined ? undefined : barSource(source, options, context, store) };
    const report = await (dryRun
      ? scorePredictions(request)
      : operatedRun(context, {
          store,
          job: 'score',
          facts: { version: context.program.version, source },
          describe: describeScore,
          async work(log) {
            const scored = await scorePredictions(request);
            logScore(log, scored);
            return scored;
          },
          tell: tellScore,
          tellBroken: tellFailure,
        }));
    const entries = chooseEntries(report.scorecard.entries, { symbols, bundle, candidate });
    const { scorecard, added, failures, notes, exitCode } = report;
    return {
      json: { ...scorecard, entries, added: added.length, corrections: added.filter(({ corrects }) => corrects !== undefined), failures, notes },
      text: formatScoreReport({ ...report, scorecard: { ...scorecard, entries } }, { isDryRun: dryRun, placeOf: (path) => store.describe(path), files: { outcomes: OUTCOMES_FILE, scorecard: SCORECARD_FILE } }),
      exitCode,
    };
  },
});

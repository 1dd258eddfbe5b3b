// forecastlab-train evidence: what one model for all markets can foretell, beside class shares and volatility alone.
import { availableParallelism } from 'node:os';
import { ForecastLabError, needsLeader, optionError, parseCandidates, PRESETS, SYMBOL_WEIGHTINGS } from '@forecastlab/core';
import { createRunId, defineCommand, exitCodeOf, openStore, option, startRun } from '@forecastlab/core/node';
import { readCodeVersion } from '../code-version.js';
import type { EvidenceModel, EvidenceRequest } from '../evidence/evidence-request.js';
import { formatEvidenceSummary } from '../evidence/format-evidence-summary.js';
import { runEvidence } from '../evidence/run-evidence.js';
import { loadMarkets } from '../load-markets.js';
import { readCandidateList } from '../read-candidate-list.js';
import { type ChosenTraining, chooseTraining, type GivenTraining } from './choose-training.js';
import { LEADER_OPTION, MARKET_OPTIONS, TRAINING_OPTIONS } from './shared-options.js';

const DEFAULT_CANDIDATES = 'T7_X6,T14_X8,T21_X8,T14_V1,T14_V1.5';

export const evidence = defineCommand({
  path: ['evidence'],
  summary: 'Judge one model for several markets on bars it has not seen',
  description:
    'Trains one model on all markets together, fold by fold with purge across markets, predicts each market\'s test bars, and tests the forecasts against each market\'s class shares and against volatility alone, by market, year and regime. Everything goes to outputs/evidence/<run>/. A killed run goes on with --resume and gives the same files.',
  examples: [
    'evidence --symbols BTCUSDT,ETHUSDT,BNBUSDT --interval 1d --first-test 2022-01-01',
    'evidence --data btc.csv,eth.csv --symbols BTCUSDT,ETHUSDT --candidates T14_X8,T14_V1.5 --alone --run first',
    'evidence --symbols BTCUSDT --preset small-data --candidates T14_X8 --refit-every 21',
  ],
  options: {
    data: option.files({ describe: 'Files of klines, one a market. Default: the stored bars of --symbols.' }),
    symbols: option.list({ describe: 'Markets, such as BTCUSDT,ETHUSDT. With --data: names of the files in their order; default from the file names.', placeholder: 'LIST' }),
    interval: option.string({ describe: 'Bar length of all markets, such as 1d. With --data: default from the files.', placeholder: 'I' }),
    venue: MARKET_OPTIONS.venue,
    leader: LEADER_OPTION,
    candidates: option.list({ describe: `Candidates such as T14_X8,T14_V1.5, or @FILE with one name a line. Default: ${DEFAULT_CANDIDATES}.`, placeholder: 'LIST|@FILE' }),
    ...TRAINING_OPTIONS,
    // without a model given the recommended preset is taken, which a search does not do
    preset: { ...TRAINING_OPTIONS.preset, describe: `${TRAINING_OPTIONS.preset.describe} Default, when no model is given: pooled for several markets, small-data for one.` },
    features: { ...TRAINING_OPTIONS.features, describe: TRAINING_OPTIONS.features.describe.replace(', or flow.', ', or market.') },
    model: { ...TRAINING_OPTIONS.model, describe: TRAINING_OPTIONS.model.describe.replace(', or gbdt.', '.') },
    symbolWeights: option.choice(SYMBOL_WEIGHTINGS, { describe: 'What a market counts by in training: rows (each row alike), or equal (each market alike).', default: 'rows' }),
    firstTest: option.string({ describe: 'First day of the test, UTC. Default: half of the times lie before it.', placeholder: 'DATE' }),
    initTrain: option.integer({ describe: 'Instead of --first-test: so many times with labelled rows lie before the test.', min: 1 }),
    refitEvery: option.integer({ describe: 'Times from one fit to the next.', default: 63, min: 1 }),
    window: option.integer({ describe: 'Train on the last N times before each test. Default: all.', min: 1 }),
    embargo: option.integer({ describe: 'Bars kept free between training labels and test, beyond the purge.', default: 0, min: 0 }),
    alone: option.boolean({ describe: 'Also train on each market alone, with the preset small-data (with other features than market: with the same model), and test on the same bars.' }),
    signals: option.boolean({ describe: 'Study what signals would have been worth.', negated: 'Leave out the study of signals. Default: it is made.', default: true }),
    threads: option.integer({ describe: 'Worker threads; the results do not depend on it. Default: one per core.', min: 1, max: 256 }),
    seed: option.integer({ describe: 'Seed of everything random.', default: 42, min: 0, max: 0xffffffff }),
    run: option.string({ describe: 'Name of the run. Default: features, preset or model, and time.', placeholder: 'NAME' }),
    resume: option.boolean({ describe: 'Go on with the interrupted run that --run names; begins it when there is none.' }),
  },
  async run(options, context) {
    const store = await openStore(context.store, context);
    if (options.resume && options.run === undefined) throw optionError('evidence', 'run', 'given with --resume', undefined, 'Name the run that was interrupted: --run NAME --resume.');
    const firstTestMs = options.firstTest === undefined ? undefined : readDay(options.firstTest);
    if (firstTestMs !== undefined && options.initTrain !== undefined) throw new ForecastLabError('BAD_OPTION', '--first-test and --init-train each say when the test begins.', { hint: 'Give one of them. One may come from forecastlab.config.json or a FORECASTLAB_* variable.' });
    const candidates = options.candidates === undefined ? parseCandidates(DEFAULT_CANDIDATES) : await readCandidateList(options.candidates, context);
    const isPooled = (options.data ?? options.symbols ?? []).length > 1;
    const training = chooseTraining(withPreset(options, isPooled ? 'pooled' : 'small-data'));
    const { markets, leader, warnings } = await loadMarkets({ ...options, features: training.featureSet }, context);
    const run = options.run ?? `${training.featureSet}_${training.preset ?? training.modelKind}_${new Date(context.nowMs()).toISOString().slice(0, 19).replace(/[-:]/g, '')}`;
    const request: EvidenceRequest = {
      markets: markets.map((market, i) => (i === 0 ? { ...market, warnings: [...market.warnings, ...warnings] } : market)),
      leader: needsLeader(training.featureSet) ? leader : undefined,
      candidates,
      featureSet: training.featureSet,
      model: { ...modelOf(training), symbolWeighting: options.symbolWeights },
      // the preset for one market knows the features of its set only
      alone: options.alone ? modelOf(training.featureSet === PRESETS['small-data'].featureSet ? chooseTraining({ preset: 'small-data' }) : training) : undefined,
      folds: { firstTestMs, initTrain: options.initTrain, refitEvery: options.refitEvery, window: options.window },
      embargo: options.embargo,
      seed: options.seed,
      hasSignals: options.signals,
      run,
      isResumed: options.resume,
      threads: options.threads ?? availableParallelism(),
      store,
      code: await readCodeVersion(context.program.version),
      progress: context.progress,
      signal: context.signal,
      log: (text) => context.log(text),
    };
    const record = await startRun(store, { job: 'evidence', runId: createRunId({ nowMs: context.nowMs(), random: Math.random }), nowMs: context.nowMs(), facts: { run, threads: request.threads, candidates: candidates.length, markets: markets.length } });
    try {
      const { report, status, folder, fits } = await runEvidence(request);
      const exitCode = report.failures.length > 0 ? 3 : 0;
      await record.finish({ exitCode, nowMs: context.nowMs(), facts: { status, fits } });
      const said = status === 'unchanged' ? `The run ${run} was done before; nothing was computed.` : `Report: ${folder}/report.html (also report.md, evidence.json and predictions)`;
      return { json: { status, folder, ...report }, text: `${formatEvidenceSummary(report)}\n\n${said}`, exitCode };
    } catch (error) {
      await record.finish({ exitCode: exitCodeOf(error), nowMs: context.nowMs(), facts: { error: error instanceof Error ? error.message : String(error) } });
      throw error;
    }
  },
});

/** Without a preset or a model the recommended preset is taken. */
function withPreset(given: GivenTraining, preset: NonNullable<GivenTraining['preset']>): GivenTraining {
  if (given.preset !== undefined) return given;
  return given.model === undefined ? { ...given, preset } : { ...given, features: given.features ?? 'market' };
}

function modelOf({ preset, modelKind, params, calibration, sampleWeighting }: ChosenTraining): EvidenceModel {
  return { preset: preset ?? null, modelKind, ...(params === undefined ? {} : { params }), calibration, sampleWeighting };
}

/** A UTC day. */
function readDay(text: string): number {
  const timeMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes the 30th of February for the 1st of March
  if (Number.isNaN(timeMs) || new Date(timeMs).toISOString().slice(0, 10) !== text) throw optionError('evidence', 'firstTest', 'a day such as 2022-01-01', text);
  return timeMs;
}

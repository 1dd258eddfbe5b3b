// forecastlab-train search: evaluate many candidates walk-forward, beside their baselines, and test them together.
import { availableParallelism } from 'node:os';
import { type Candidate, candidateOf, classWeightWarning, ForecastLabError, MAX_VOLATILITIES, optionError, volatilityCandidateOf } from '@forecastlab/core';
import { type CommandContext, createRunId, defineCommand, exitCodeOf, openStore, option, startRun } from '@forecastlab/core/node';
import { readCodeVersion } from '../code-version.js';
import { loadLeader } from '../load-leader.js';
import { loadMarket } from '../load-market.js';
import { readCandidateList } from '../read-candidate-list.js';
import { formatSearchSummary } from '../report/format-search-summary.js';
import { readTopCandidates } from '../search/read-top-candidates.js';
import { runSearch } from '../search/run-search.js';
import { RANKINGS, type SearchRequest } from '../search/search-request.js';
import { type ChosenTraining, chooseTraining } from './choose-training.js';
import { LABEL_OPTIONS, LEADER_OPTION, MARKET_OPTIONS, TRAINING_OPTIONS } from './shared-options.js';

const DEFAULT_T = ['7', '10', '14', '21'];
const DEFAULT_X = ['0.06', '0.08', '0.10', '0.12', '0.15'];

export const search = defineCommand({
  path: ['search'],
  summary: 'Evaluate a grid of candidates walk-forward and test them together',
  description:
    'Takes closed bars and evaluates every candidate (each T with each X and V, a list, or the best of an earlier run) fold by fold: fitted on the purged past, scored on the bars that follow, beside its baselines. One test then tells which candidates are better than every baseline, allowing for all that were tried on this market. The run is written to outputs/backtest/<run>/ with a readable report. Interrupted, it goes on with --resume and ends with the same bytes.',
  examples: [
    'search --symbol BTCUSDT --interval 1d --candidates T14_X8,T14_V1.5 --preset small-data --refit-every 63',
    'search --symbol BTCUSDT --interval 1d --T 7,14,21 --X 0.06,0.08,0.10 --features baseline --threads 2',
    'search --data klines.csv --features flow --model logistic --top-k 10 --from stage1 --run stage2',
    'search --symbol BTCUSDT --interval 1d --T 7,14,21 --V 1,1.5,2 --features market',
    'search --data klines.csv --candidates T21_X8,T14_V1.5 --calibration temperature --init-train 1000 --refit-every 21',
    'search --data klines.csv --label-window trailing --no-purge --tie-break upswing --run as_published',
  ],
  options: {
    ...MARKET_OPTIONS,
    T: option.list({ describe: `Horizons in bars. Default: ${DEFAULT_T.join(',')}.`, placeholder: 'LIST' }),
    X: option.list({ describe: `Moves as fractions. Default: ${DEFAULT_X.join(',')}; none with --V.`, placeholder: 'LIST' }),
    V: option.list({ describe: 'Moves in units of volatility, such as 1,1.5,2: so many times the move to be expected in T bars. Beside --X, or instead of it.', placeholder: 'LIST' }),
    candidates: option.list({ describe: 'Instead of T, X and V: names such as T21_X8,T14_V1.5, or @FILE with one a line.', placeholder: 'LIST|@FILE' }),
    topK: option.integer({ describe: 'Instead of T, X and V: the best N candidates of the run that --from names.', min: 1 }),
    from: option.string({ describe: 'Name of a finished run, or the path of its results (.csv).', placeholder: 'RUN' }),
    ...TRAINING_OPTIONS,
    leader: LEADER_OPTION,
    classWeights: option.choice(['none', 'balanced'], { describe: 'Weight of the classes in training.', default: 'none' }),
    initTrain: option.integer({ describe: 'Labelled rows before the first test row.', default: 1500, min: 1 }),
    oosWindow: option.integer({ describe: 'Test rows of a fold. Default: 63.', min: 1 }),
    step: option.integer({ describe: 'Rows from one fold to the next. Default: 21.', min: 1 }),
    refitEvery: option.integer({ describe: 'Instead of --oos-window and --step: refit every N rows, predict every row once.', min: 1 }),
    window: option.integer({ describe: 'Train on the last N labelled rows in every fold. Default: all.', min: 1 }),
    purge: option.boolean({ describe: 'Drop training rows whose labels reach into the test.', negated: 'Keep training rows whose labels reach into the test, to repeat published tables (FORECASTLAB_PURGE=false). Default: they are dropped.', default: true }),
    embargo: option.integer({ describe: 'Bars kept free between training labels and test, beyond the purge.', default: 0, min: 0 }),
    shuffledFolds: option.integer({ describe: 'In so many folds of each candidate the model is fitted on shuffled labels too, for comparison.', default: 4, min: 0 }),
    ...LABEL_OPTIONS,
    rankBy: option.choice(RANKINGS, { describe: 'Order of the results. Default: skill (against the best baseline); f1 (median) for trailing labels.' }),
    threads: option.integer({ describe: 'Worker threads; the results do not depend on it. Default: one per core.', min: 1, max: 256 }),
    seed: option.integer({ describe: 'Seed of everything random.', default: 42, min: 0, max: 0xffffffff }),
    run: option.string({ describe: 'Name of the run. Default: preset, features, model and time.', placeholder: 'NAME' }),
    resume: option.boolean({ describe: 'Go on with the interrupted run that --run names; begins it when there is none.' }),
  },
  async run(options, context) {
    const store = await openStore(context.store, context);
    if (options.resume && options.run === undefined) throw optionError('search', 'run', 'given with --resume', undefined, 'Name the run that was interrupted: --run NAME --resume.');
    const candidates = await chooseCandidates(options, context);
    const market = await loadMarket(options, context);
    const training = chooseTraining(options);
    const { leader, warnings: leaderWarnings } = await loadLeader({ features: training.featureSet, leader: options.leader, venue: options.venue }, market, context);
    const run = options.run ?? defaultRunName(training, context.nowMs());
    const warning = classWeightWarning({ classWeights: options.classWeights === 'balanced' ? 'balanced' : undefined, calibration: training.calibration });
    if (warning !== undefined) context.log(`warning: ${warning}`);
    const { oosWindow, step, refitEvery, window: trainWindow } = options;
    const request: SearchRequest = {
      market: { ...market, warnings: [...market.warnings, ...leaderWarnings, ...(warning === undefined ? [] : [warning])] },
      candidates,
      ...training,
      ...given({ from: options.from, rankBy: options.rankBy }),
      leader,
      ...(options.classWeights === 'balanced' ? { classWeights: 'balanced' as const } : {}),
      labelOptions: { window: options.labelWindow, tieBreak: options.tieBreak, touch: options.touch },
      folds: { initTrain: options.initTrain, isPurged: options.purge, embargo: options.embargo, ...given({ oosWindow, step, refitEvery, trainWindow }) },
      shuffledFolds: options.shuffledFolds,
      seed: options.seed,
      run,
      isResumed: options.resume,
      threads: options.threads ?? availableParallelism(),
      store,
      code: await readCodeVersion(context.program.version),
      progress: context.progress,
      signal: context.signal,
      log: (text) => context.log(text),
    };
    const record = await startRun(store, { job: 'search', runId: createRunId({ nowMs: context.nowMs(), random: Math.random }), nowMs: context.nowMs(), facts: { run, threads: request.threads, candidates: candidates.length } });
    try {
      const { report, status, folder, fits } = await runSearch(request);
      const exitCode = report.failures.length > 0 ? 3 : 0;
      await record.finish({ exitCode, nowMs: context.nowMs(), facts: { status, fits } });
      const said = status === 'unchanged' ? `The run ${run} was done before; nothing was computed.` : `Report: ${folder}/report.html (also report.md and .csv files)`;
      return { json: { status, folder, ...report }, text: `${formatSearchSummary(report)}\n\n${said}`, exitCode };
    } catch (error) {
      await record.finish({ exitCode: exitCodeOf(error), nowMs: context.nowMs(), facts: { error: error instanceof Error ? error.message : String(error) } });
      throw error;
    }
  },
});

interface CandidateOptions {
  readonly T: readonly string[] | undefined;
  readonly X: readonly string[] | undefined;
  readonly V: readonly string[] | undefined;
  readonly candidates: readonly string[] | undefined;
  readonly topK: number | undefined;
  readonly from: string | undefined;
}

/** The grid, a list, or the best of an earlier run: one of the three. */
async function chooseCandidates({ T, X, V, candidates, topK, from }: CandidateOptions, context: CommandContext): Promise<readonly Candidate[]> {
  const ways = [T !== undefined || X !== undefined || V !== undefined ? '--T, --X and --V' : '', candidates === undefined ? '' : '--candidates', topK === undefined ? '' : '--top-k'].filter((way) => way !== '');
  if (ways.length > 1) throw new ForecastLabError('BAD_OPTION', `${ways.join(' and ')} each say which candidates to take.`, { hint: 'Give one of them. One may come from forecastlab.config.json or a FORECASTLAB_* variable.' });
  if ((topK === undefined) !== (from === undefined)) throw new ForecastLabError('BAD_OPTION', '--top-k and --from go together: so many candidates, of that run.', { hint: 'Such as --top-k 10 --from stage1.' });
  if (candidates !== undefined) return readCandidateList(candidates, context);
  if (topK !== undefined && from !== undefined) return readTopCandidates(await openStore(context.store, context), { from, topK, cwd: context.cwd });
  const moves = X ?? (V === undefined ? DEFAULT_X : []);
  return (T ?? DEFAULT_T).map(readHorizon).flatMap((bars) => [...moves.map((move) => candidateOf(bars, readMove(move))), ...(V ?? []).map((units) => volatilityCandidateOf(bars, readUnits(units)))]);
}

function readHorizon(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw optionError('search', 'T', 'a list of whole numbers of bars, such as 7,14', text);
  return Number(text);
}

/** A move beyond 100 % is surely meant as a percentage. */
function readMove(text: string): number {
  const move = Number(text);
  if (!/^[\d.eE-]+$/.test(text) || !(move > 0 && move <= 1)) throw optionError('search', 'X', 'a list of fractions above 0, at most 1, such as 0.06,0.08', text, 'X is a fraction: 0.08 is 8 percent.');
  return move;
}

function readUnits(text: string): number {
  const units = Number(text);
  if (!/^[\d.eE-]+$/.test(text) || !(units > 0 && units <= MAX_VOLATILITIES)) throw optionError('search', 'V', `a list of numbers above 0, at most ${MAX_VOLATILITIES}, such as 1,1.5,2`, text, 'V counts expected moves: 1.5 is one and a half times the move that volatility lets expect in T bars.');
  return units;
}

function defaultRunName({ preset, featureSet, modelKind }: ChosenTraining, nowMs: number): string {
  return `${preset === undefined ? '' : `${preset}_`}${featureSet}_${modelKind}_${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}`;
}

/** The fields that are not undefined. */
function given<Fields extends object>(fields: Fields): { readonly [name in keyof Fields]?: Exclude<Fields[name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { readonly [name in keyof Fields]?: Exclude<Fields[name], undefined> };
}

// forecastlab-train bundle: train, evaluate, freeze, publish.
import { classWeightWarning, CONSISTENCIES, ForecastLabError, optionError, SYMBOL_WEIGHTINGS } from '@forecastlab/core';
import { type CommandContext, defineCommand, loadClassifierKind, openModelRegistry, openStore, option } from '@forecastlab/core/node';
import { checkNameIsFree } from '../check-name-is-free.js';
import { readCodeVersion } from '../code-version.js';
import { defaultConsistency } from '../default-consistency.js';
import { formatBundle } from '../format-bundle.js';
import { loadMarket } from '../load-market.js';
import { type LoadedMarkets, loadMarkets, type MarketsRequest } from '../load-markets.js';
import { readCandidateList } from '../read-candidate-list.js';
import { bundleTrials, countBesides, keptTrials } from '../trials/bundle-trials.js';
import { recordTrials } from '../trials/record-trials.js';
import { bundleName, trainBundle, type TrainBundleRequest } from '../train-bundle.js';
import { chooseTraining } from './choose-training.js';
import { LABEL_OPTIONS, LEADER_OPTION, MARKET_OPTIONS, TRAINING_OPTIONS } from './shared-options.js';

export const bundle = defineCommand({
  path: ['bundle'],
  summary: 'Train, evaluate and freeze a production bundle',
  description:
    'Takes closed bars, labels them with every candidate, evaluates each model walk-forward beside its baselines, fits it on all labelled rows and publishes the bundle under models/production/. Of several markets it learns from all together, with folds cut at dates, and tells each market apart by its class shares. The same data, options and seed give the same models; publishing them again changes nothing.',
  examples: [
    'bundle --symbol BTCUSDT --interval 1d --candidates T14_X8 --preset small-data --activate',
    'bundle --symbol BTCUSDT --interval 1d --candidates T21_X8,T14_X8 --features flow --activate',
    'bundle --data klines.csv --candidates @candidates.txt --model random-forest --name forest_btc',
    'bundle --data klines.csv --candidates T21_X8 --class-weights balanced --calibration sigmoid',
    'bundle --symbols BTCUSDT,ETHUSDT,BNBUSDT --candidates T14_X8,T14_V1.5 --preset pooled --activate',
    `bundle --data klines.csv --candidates T21_X8 --params '{"numLeaves":15,"learningRate":0.05}' --json`,
  ],
  options: {
    ...MARKET_OPTIONS,
    data: option.files({ describe: 'File of klines; several, separated by commas, make one bundle of several markets. Default: the stored bars of --symbol or --symbols.' }),
    symbols: option.list({ describe: 'Markets for one bundle of several: one model that learns from all of them. Stored ones; with --data the markets of the files, in their order.', placeholder: 'LIST' }),
    candidates: option.list({ describe: 'Candidates such as T21_X8,T14_V1.5 (T<bars>_X<percent> or T<bars>_V<expected moves>), or @FILE with one name a line.', placeholder: 'LIST|@FILE', required: true }),
    ...TRAINING_OPTIONS,
    leader: LEADER_OPTION,
    symbolWeights: option.choice(SYMBOL_WEIGHTINGS, { describe: 'What a market of several counts by in training: rows (each row alike), or equal (each market alike).', default: 'rows' }),
    classWeights: option.choice(['none', 'balanced'], { describe: 'Weight of the classes in training.', default: 'none' }),
    consistency: option.choice(CONSISTENCIES, { describe: 'monotone makes the answers of a day agree: a smaller barrier or a longer horizon is never less likely to be touched. Default: monotone with several candidates and a preset other than lightgbm, or none.' }),
    window: option.integer({ describe: 'Train on the last N labelled rows, of several markets on those of the last N times, in production and in every fold. Default: all.', min: 1 }),
    name: option.string({ describe: 'Name of the bundle. Default: features, number of markets if several, candidates and date.', placeholder: 'NAME' }),
    activate: option.boolean({ describe: 'Make the bundle the active one.' }),
    why: option.string({ describe: 'Reason for the activation, for the history.', default: 'forecastlab-train bundle --activate', placeholder: 'TEXT' }),
    ...LABEL_OPTIONS,
    allowFlawedLabels: option.boolean({ describe: 'Accept --label-window trailing; the bundle is marked as flawed.' }),
    seed: option.integer({ describe: 'Seed of everything random.', default: 42, min: 0, max: 0xffffffff }),
  },
  async run(options, context) {
    const store = await openStore(context.store, context);
    const registry = openModelRegistry(store);
    const candidates = await readCandidateList(options.candidates, context);
    const training = chooseTraining(options);
    const modelKind = await loadClassifierKind(training.modelKind);
    const { markets, leader, warnings } = await loadBundleMarkets({ ...options, features: training.featureSet }, context);
    const [market] = markets;
    const planned: TrainBundleRequest = {
      market,
      ...(markets.length === 1 ? {} : { markets }),
      candidates,
      ...training,
      leader,
      modelKind,
      ...(options.classWeights === 'balanced' ? { classWeights: 'balanced' } : {}),
      symbolWeighting: options.symbolWeights,
      consistency: options.consistency ?? defaultConsistency({ candidates: candidates.length, preset: training.preset }),
      ...(options.window === undefined ? {} : { window: options.window }),
      ...(options.name === undefined ? {} : { name: options.name }),
      labelOptions: { window: options.labelWindow, tieBreak: options.tieBreak, touch: options.touch },
      allowFlawedLabels: options.allowFlawedLabels,
      seed: options.seed,
      createdAtMs: context.nowMs(),
      ...(await readCodeVersion(context.program.version)),
      progress: context.progress,
      signal: context.signal,
    };
    await checkNameIsFree(registry, bundleName(planned), { ...planned, modelKind: training.modelKind });
    const tried = { ...planned, markets };
    // whoever tried first chose among all of it
    const request: TrainBundleRequest = { ...planned, otherTrials: (await keptTrials(registry, bundleName(planned))) ?? (await countBesides(store, tried, context.log)) };
    const warning = classWeightWarning(request);
    if (warning !== undefined) context.log(`warning: ${warning}`);
    const { name, files } = await trainBundle(request);
    context.signal.throwIfAborted();
    const trials = bundleTrials(name, tried);
    if (trials !== undefined) await recordTrials(store, trials, context.log);
    const status = await registry.publish(files, name);
    const activation = options.activate ? await registry.activate(name, { why: options.why, nowMs: context.nowMs() }) : undefined;
    const { meta, sha256, isActive } = await registry.show(name);
    const folder = store.describe(`models/production/${name}`);
    const said = [
      status === 'published' ? `Published as ${folder}.` : `${folder} holds this very bundle already; nothing was changed.`,
      isActive ? (activation?.status === 'activated' ? `It is active now; before: ${activation.from ?? 'none'}.` : 'It is active.') : `Activate it with: forecastlab-train models activate ${name}`,
    ];
    return {
      json: { name, status, folder, sha256, isActive, symbol: meta.symbol, ...(meta.symbols === undefined ? {} : { symbols: meta.symbols }), interval: meta.interval, synthetic: meta.data.synthetic, training: meta.training, candidates: meta.candidates, warnings: [...markets.flatMap((own) => (markets.length === 1 ? own.warnings : own.warnings.map((text) => `${own.symbol}: ${text}`))), ...warnings, ...(warning === undefined ? [] : [warning])] },
      text: `${formatBundle(meta)}\n\n${said.join('\n')}`,
    };
  },
});

interface BundleMarkets extends Pick<LoadedMarkets, 'markets' | 'warnings'> {
  readonly leader?: NonNullable<TrainBundleRequest['leader']>;
}

/** The markets, and the leader with its name, which predictions ask for. */
async function loadBundleMarkets(request: MarketsRequest & { readonly symbol?: string | undefined }, context: CommandContext): Promise<BundleMarkets> {
  const { symbol, symbols, data } = request;
  if (symbol !== undefined && symbols !== undefined) throw new ForecastLabError('BAD_OPTION', 'The options `symbol` and `symbols` exclude each other.', { hint: 'Name all markets with --symbols. One may come from forecastlab.config.json or a FORECASTLAB_* variable.' });
  const names = symbols ?? (symbol === undefined ? undefined : [symbol]);
  if (data === undefined && names === undefined) await loadMarket({}, context); // says what is missing
  const { markets, leader, warnings } = await loadMarkets({ ...request, symbols: names }, context);
  if (leader === undefined) return { markets, warnings };
  if (leader.symbol === null) throw optionError('bundle', 'leader', 'a symbol, or a file whose name tells it', leader.file, 'Predictions of the bundle ask for the bars of that market: name the file after it, such as BTCUSDT_1d.csv.');
  return { markets, leader: { symbol: leader.symbol, klines: leader.klines }, warnings };
}

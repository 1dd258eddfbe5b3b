// forecastlab-train bundle: train, evaluate, freeze, publish.
import { classWeightWarning, optionError } from '@forecastlab/core';
import { defineCommand, loadClassifierKind, openModelRegistry, option } from '@forecastlab/core/node';
import { checkNameIsFree } from '../check-name-is-free.js';
import { readCodeVersion } from '../code-version.js';
import { formatBundle } from '../format-bundle.js';
import { loadLeader } from '../load-leader.js';
import { loadMarket } from '../load-market.js';
import { openStore } from '../open-store.js';
import { readCandidateList } from '../read-candidate-list.js';
import { countTrials } from '../search/run-meta.js';
import { bundleName, trainBundle, type TrainBundleRequest } from '../train-bundle.js';
import { chooseTraining } from './choose-training.js';
import { LABEL_OPTIONS, LEADER_OPTION, MARKET_OPTIONS, TRAINING_OPTIONS } from './shared-options.js';

export const bundle = defineCommand({
  path: ['bundle'],
  summary: 'Train, evaluate and freeze a production bundle',
  description:
    'Takes closed bars, labels them with every candidate, evaluates each model walk-forward beside its baselines, fits it on all labelled rows and publishes the bundle under models/production/. The same data, options and seed give the same models; publishing them again changes nothing.',
  examples: [
    'bundle --symbol BTCUSDT --interval 1d --candidates T14_X8 --preset small-data --activate',
    'bundle --symbol BTCUSDT --interval 1d --candidates T21_X8,T14_X8 --features flow --activate',
    'bundle --data klines.csv --candidates @candidates.txt --model random-forest --name forest_btc',
    'bundle --data klines.csv --candidates T21_X8 --class-weights balanced --calibration sigmoid',
    `bundle --data klines.csv --candidates T21_X8 --params '{"numLeaves":15,"learningRate":0.05}' --json`,
  ],
  options: {
    ...MARKET_OPTIONS,
    candidates: option.list({ describe: 'Candidates such as T21_X8,T14_V1.5 (T<bars>_X<percent> or T<bars>_V<expected moves>), or @FILE with one name a line.', placeholder: 'LIST|@FILE', required: true }),
    ...TRAINING_OPTIONS,
    leader: LEADER_OPTION,
    classWeights: option.choice(['none', 'balanced'], { describe: 'Weight of the classes in training.', default: 'none' }),
    window: option.integer({ describe: 'Train on the last N labelled rows, in production and in every fold. Default: all.', min: 1 }),
    name: option.string({ describe: 'Name of the bundle. Default: features, candidates and date.', placeholder: 'NAME' }),
    activate: option.boolean({ describe: 'Make the bundle the active one.' }),
    why: option.string({ describe: 'Reason for the activation, for the history.', default: 'forecastlab-train bundle --activate', placeholder: 'TEXT' }),
    ...LABEL_OPTIONS,
    allowFlawedLabels: option.boolean({ describe: 'Accept --label-window trailing; the bundle is marked as flawed.' }),
    seed: option.integer({ describe: 'Seed of everything random.', default: 42, min: 0, max: 0xffffffff }),
  },
  async run(options, context) {
    const store = openStore(context.store);
    const registry = openModelRegistry(store);
    const candidates = await readCandidateList(options.candidates, context);
    const training = chooseTraining(options);
    const modelKind = await loadClassifierKind(training.modelKind);
    const market = await loadMarket(options, context);
    const { symbol } = market;
    if (symbol === null) throw optionError('bundle', 'symbol', `given when the file name does not tell it (${market.file})`, undefined, 'Give --symbol S.');
    const { leader, warnings } = await loadLeader({ ...options, features: training.featureSet }, market, context);
    const request: TrainBundleRequest = {
      market: { ...market, symbol },
      candidates,
      ...training,
      leader: leader?.klines,
      modelKind,
      ...(options.classWeights === 'balanced' ? { classWeights: 'balanced' } : {}),
      // whoever searched first chose among all that was tried
      otherTrials: await countTrials(store, market),
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
    await checkNameIsFree(registry, bundleName(request), { ...request, modelKind: training.modelKind });
    const warning = classWeightWarning(request);
    if (warning !== undefined) context.log(`warning: ${warning}`);
    const { name, files } = await trainBundle(request);
    context.signal.throwIfAborted();
    const status = await registry.publish(files, name);
    const activation = options.activate ? await registry.activate(name, { why: options.why, nowMs: context.nowMs() }) : undefined;
    const { meta, sha256, isActive } = await registry.show(name);
    const folder = store.describe(`models/production/${name}`);
    const said = [
      status === 'published' ? `Published as ${folder}.` : `${folder} holds this very bundle already; nothing was changed.`,
      isActive ? (activation?.status === 'activated' ? `It is active now; before: ${activation.from ?? 'none'}.` : 'It is active.') : `Activate it with: forecastlab-train models activate ${name}`,
    ];
    return {
      json: { name, status, folder, sha256, isActive, symbol: meta.symbol, interval: meta.interval, synthetic: meta.data.synthetic, training: meta.training, candidates: meta.candidates, warnings: [...market.warnings, ...warnings, ...(warning === undefined ? [] : [warning])] },
      text: `${formatBundle(meta)}\n\n${said.join('\n')}`,
    };
  },
});

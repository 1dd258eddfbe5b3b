// forecastlab-train importance: which features a model's forecasts of unseen bars lean on.
import { IMPORTANCE_LOSSES, parseCandidate } from '@forecastlab/core';
import { defineCommand, loadClassifierKind, openStore, option } from '@forecastlab/core/node';
import { formatImportance } from '../format-importance.js';
import { loadLeader } from '../load-leader.js';
import { loadMarket } from '../load-market.js';
import { measureImportance } from '../measure-importance.js';
import { type BundleTried, bundleTrials, countBesides } from '../trials/bundle-trials.js';
import { recordTrials } from '../trials/record-trials.js';
import { chooseTraining } from './choose-training.js';
import { LABEL_OPTIONS, LEADER_OPTION, MARKET_OPTIONS, TRAINING_OPTIONS } from './shared-options.js';

export const importance = defineCommand({
  path: ['importance'],
  summary: 'Tell which features a model leans on, and whether it has skill at all',
  description:
    "Evaluates one candidate walk-forward as a bundle does and permutes each feature, or group of features, among the test bars of every fold: its importance is how much worse the forecasts become. Beside each stands a 95 % interval. Where the model has no measurable skill that is said, because its importances mean little then. The verdict allows for all trials on the market, and is one itself: it is added to outputs/trials.jsonl. Nothing else is written.",
  examples: [
    'importance --data klines.csv --candidate T21_X8 --features flow',
    'importance --symbol BTCUSDT --interval 1d --candidate T14_X8 --model random-forest --group-correlated 0.7 --repeats 20',
    'importance --data klines.csv --candidate T7_X6 --model logistic --block 7 --loss brier --json',
  ],
  options: {
    ...MARKET_OPTIONS,
    candidate: option.string({ describe: 'The candidate, such as T21_X8 or T14_V1.5.', placeholder: 'NAME', required: true }),
    ...TRAINING_OPTIONS,
    leader: LEADER_OPTION,
    classWeights: option.choice(['none', 'balanced'], { describe: 'Weight of the classes in training.', default: 'none' }),
    repeats: option.integer({ describe: 'How often each feature is permuted in each fold.', default: 5, min: 1, max: 1000 }),
    block: option.integer({ describe: 'Bars that stay together when a feature is permuted; more keep its autocorrelation.', default: 1, min: 1 }),
    groupCorrelated: option.number({ describe: 'Permute features together whose rank correlation in the first training window is at least so strong, such as 0.7. Default: one by one.', min: 0.01, max: 1 }),
    loss: option.choice(IMPORTANCE_LOSSES, { describe: 'What rises when a feature is permuted.', default: 'log-loss' }),
    ...LABEL_OPTIONS,
    seed: option.integer({ describe: 'Seed of everything random.', default: 42, min: 0, max: 0xffffffff }),
  },
  async run(options, context) {
    const candidate = parseCandidate(options.candidate);
    const training = chooseTraining(options);
    const modelKind = await loadClassifierKind(training.modelKind);
    const market = await loadMarket(options, context);
    const { leader, warnings } = await loadLeader({ features: training.featureSet, leader: options.leader, venue: options.venue }, market, context);
    const store = await openStore(context.store, context);
    const asked = {
      ...training,
      modelKind,
      ...(options.classWeights === 'balanced' ? { classWeights: 'balanced' as const } : {}),
      labelOptions: { window: options.labelWindow, tieBreak: options.tieBreak, touch: options.touch },
      seed: options.seed,
    };
    const tried: BundleTried = { ...asked, markets: [market], candidates: [candidate], leader };
    const measured = await measureImportance({
      ...asked,
      market,
      candidate,
      leader: leader?.klines,
      repeats: options.repeats,
      blockRows: options.block,
      ...(options.groupCorrelated === undefined ? {} : { groupCorrelated: options.groupCorrelated }),
      loss: options.loss,
      otherTrials: await countBesides(store, tried, context.log),
      progress: context.progress,
      signal: context.signal,
    });
    // before there is anything to look at
    const trials = bundleTrials(`importance of ${training.featureSet}, ${training.modelKind}`, tried, 'importance');
    if (trials !== undefined) await recordTrials(store, trials, context.log);
    const { evaluation, ...rest } = measured;
    const { verdict, skill, superiority, pooled, folds } = evaluation;
    return {
      json: { file: market.path, symbol: market.symbol, interval: market.interval, synthetic: market.isSynthetic, candidate: candidate.name, ...(training.preset === undefined ? {} : { preset: training.preset }), model: training.modelKind, featureSet: training.featureSet, folds: folds.length, testRows: pooled.model.rows, verdict, skill, superiority, ...rest, warnings: [...market.warnings, ...warnings] },
      text: formatImportance(measured, `${candidate.name}, ${training.modelKind} on ${training.featureSet}, ${market.symbol ?? market.file} ${market.interval}`),
    };
  },
});

// Options that several commands have, declared once.
import { CALIBRATION_METHODS, FEATURE_SETS, type FeatureSetName, LABEL_OPTION_VALUES, type ModelKind, PRESET_NAMES, SAMPLE_WEIGHTINGS } from '@forecastlab/core';
import { option } from '@forecastlab/core/node';

/** Which bars: a file, or the stored bars of a market. */
export const MARKET_OPTIONS = {
  data: option.file({ describe: 'File of klines. Default: the stored bars of --symbol and --interval under data/raw, CSV or Parquet.' }),
  symbol: option.string({ describe: 'Market, such as BTCUSDT. With --data: default from the file name.', placeholder: 'S' }),
  interval: option.string({ describe: 'Bar length, such as 1d. With --data: default from the file.', placeholder: 'I' }),
  venue: option.choice(['spot', 'usdm'], { describe: 'Where the stored market is traded: spot, or futures margined in USD.', default: 'spot' }),
} as const;

const FEATURES = 'Feature set; market is recommended: no price level, and the same meaning for every market. baseline needs no order flow.';

export const FEATURES_OPTION = option.choice(Object.keys(FEATURE_SETS) as FeatureSetName[], { describe: FEATURES, default: 'flow' });

export const LEADER_OPTION = option.string({ describe: 'Leading market for the features that need one: a symbol with stored bars, a file of klines, or none. Default: BTCUSDT, when its bars are stored.', placeholder: 'SYMBOL|FILE' });

/** How labels are made; every default is the honest one. */
export const LABEL_OPTIONS = {
  labelWindow: option.choice(LABEL_OPTION_VALUES.window, { describe: 'Bars that a label looks at; trailing is flawed and repeats published tables.', default: 'forward' }),
  tieBreak: option.choice(LABEL_OPTION_VALUES.tieBreak, { describe: 'What decides when both moves occur within the window.', default: 'first-touch' }),
  touch: option.choice(LABEL_OPTION_VALUES.touch, { describe: 'Price that must touch.', default: 'close' }),
} as const;

/** Kinds of model that can be fitted. */
export const MODEL_KINDS = ['gbdt', 'random-forest', 'extra-trees', 'logistic', 'prior', 'ml-random-forest', 'mlp', 'gru', 'two-part', 'log-pool', 'tuned'] as const satisfies readonly ModelKind[];

/**
 * What is trained: a preset, and what is given beside it, which goes before the preset's. None has a default here, so that what is given
 * can be told from what is not: chooseTraining fills them in.
 */
export const TRAINING_OPTIONS = {
  preset: option.choice(PRESET_NAMES, { describe: 'Features, model, hyper-parameters, calibration and row weights that go together: lightgbm (LightGBM\'s defaults), small-data (one market), pooled (several); the last two need the features of market. What is given beside it goes first.' }),
  features: option.choice(Object.keys(FEATURE_SETS) as FeatureSetName[], { describe: `${FEATURES} Default: the preset's, or flow.` }),
  model: option.choice(MODEL_KINDS, { describe: 'Kind of model; two-part, log-pool and tuned are made of others; ml-random-forest, and mlp and gru (TensorFlow.js), need optional packages. Default: the preset\'s, or gbdt.' }),
  params: option.json({ describe: 'Hyper-parameters of the model. Default: the preset\'s when the model is its own, or the kind\'s own.' }),
  tune: option.integer({ describe: 'Choose the hyper-parameters inside every fit, by at most N fits on purged parts of its training rows; those above are where it begins.', min: 1, max: 10_000 }),
  sampleWeights: option.choice(SAMPLE_WEIGHTINGS, { describe: 'Weight of the rows in training: uniqueness counts rows less whose label windows overlap more. Default: the preset\'s, or none.' }),
  calibration: option.choice(CALIBRATION_METHODS, { describe: 'Calibration of the probabilities, fitted on purged out-of-fold predictions of the training rows; isotonic needs thousands of rows. Default: the preset\'s, or none.' }),
} as const;

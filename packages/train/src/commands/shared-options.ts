// Options that several commands have, declared once.
import { FEATURE_SETS, type FeatureSetName, LABEL_OPTION_VALUES, type ModelKind } from '@forecastlab/core';
import { option } from '@forecastlab/core/node';

/** Which bars: a file, or the stored bars of a market. */
export const MARKET_OPTIONS = {
  data: option.file({ describe: 'File of klines. Default: the stored bars of --symbol and --interval under data/raw, CSV or Parquet.' }),
  symbol: option.string({ describe: 'Market, such as BTCUSDT. With --data: default from the file name.', placeholder: 'S' }),
  interval: option.string({ describe: 'Bar length, such as 1d. With --data: default from the file.', placeholder: 'I' }),
  venue: option.choice(['spot', 'usdm'], { describe: 'Where the stored market is traded: spot, or futures margined in USD.', default: 'spot' }),
} as const;

export const FEATURES_OPTION = option.choice(Object.keys(FEATURE_SETS) as FeatureSetName[], { describe: 'Feature set; market is recommended: no price level, and the same meaning for every market. baseline needs no order flow.', default: 'flow' });

export const LEADER_OPTION = option.string({ describe: 'Leading market for the features that need one: a symbol with stored bars, a file of klines, or none. Default: BTCUSDT, when its bars are stored.', placeholder: 'SYMBOL|FILE' });

/** How labels are made; every default is the honest one. */
export const LABEL_OPTIONS = {
  labelWindow: option.choice(LABEL_OPTION_VALUES.window, { describe: 'Bars that a label looks at; trailing is flawed and repeats published tables.', default: 'forward' }),
  tieBreak: option.choice(LABEL_OPTION_VALUES.tieBreak, { describe: 'What decides when both moves occur within the window.', default: 'first-touch' }),
  touch: option.choice(LABEL_OPTION_VALUES.touch, { describe: 'Price that must touch.', default: 'close' }),
} as const;

/** Kinds of model that can be fitted. */
export const MODEL_KINDS = ['gbdt', 'random-forest', 'extra-trees', 'logistic', 'prior', 'ml-random-forest', 'mlp', 'gru'] as const satisfies readonly ModelKind[];

export const MODEL_HELP = 'Kind of model; ml-random-forest, and mlp and gru (TensorFlow.js), need optional packages.';

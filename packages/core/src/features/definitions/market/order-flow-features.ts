// Who trades, how much, and how easily the price gives way: each against what was usual before.
import type { KlineColumn } from '../../../klines/klines.js';
import type { FeatureDefinition } from '../../feature-definition.js';
import { boundedLogRatio } from '../../kernels/bounded.js';
import { columnValue } from '../../kernels/column-value.js';
import { derived } from '../../kernels/derived.js';
import type { KernelMaker } from '../../kernels/kernel.js';
import { logRange } from '../../kernels/log-change.js';
import { previousValue, rollingCorrelation } from '../../kernels/rolling-correlation.js';
import { rollingMean } from '../../kernels/rolling.js';
import { takerImbalance } from '../../kernels/taker-imbalance.js';

const quoteVolume = columnValue('quoteVolume');
const tradeCount = columnValue('tradeCount');
const meanOf = (source: KernelMaker, bars: number): KernelMaker => (bars === 1 ? source : rollingMean(source, bars));
const words = (bars: number): string => (bars === 1 ? 'this bar' : `the last ${bars} bars`);

const imbalance = (bars: number): FeatureDefinition => ({
  name: bars === 1 ? 'taker_imbalance' : `taker_imbalance_${bars}`,
  formula: `2 × taker buys / quote volume - 1 of ${words(bars)}; 0 when nothing was traded`,
  inputs: ['takerBuyQuote', 'quoteVolume'],
  lookbackBars: bars,
  isRecursive: false,
  unit: 'fraction',
  source: 'order imbalance; Chordia, Roll and Subrahmanyam 2002, Journal of Financial Economics 65',
  create: takerImbalance(bars),
});

/** log of (top / bottom) of the short window over that of the long one. */
const surprise = (quantity: { readonly name: string; readonly words: string; readonly inputs: readonly KlineColumn[]; readonly source: string; readonly top: KernelMaker; readonly bottom?: KernelMaker }, short: number, long: number): FeatureDefinition => {
  const { name, words: what, inputs, source, top, bottom } = quantity;
  const tops = [meanOf(top, short), meanOf(top, long)];
  const bottoms = bottom === undefined ? [] : [meanOf(bottom, short), meanOf(bottom, long)];
  return {
    name: `${name}_${short}_${long}`,
    formula: `log of ${what} of ${words(short)} over that of ${words(long)}, from -3 to 3`,
    inputs,
    lookbackBars: long,
    isRecursive: false,
    unit: 'log of a ratio',
    source,
    create: derived((shortTop, longTop, shortBottom = 1, longBottom = 1) => boundedLogRatio(shortTop / longTop, shortBottom / longBottom), ...tops, ...bottoms),
  };
};

const volume = { name: 'quote_volume', words: 'the mean quote volume', inputs: ['quoteVolume'], source: 'volume surprise', top: quoteVolume } as const;
const trades = { name: 'trade_count', words: 'the mean number of trades', inputs: ['tradeCount'], source: 'trade count surprise', top: tradeCount } as const;
const tradeSize = { name: 'trade_size', words: 'quote volume per trade', inputs: ['quoteVolume', 'tradeCount'], source: 'trade size surprise', top: quoteVolume, bottom: tradeCount } as const;
const illiquidity = {
  name: 'illiquidity',
  words: 'summed log(high / low) per quote volume',
  inputs: ['high', 'low', 'quoteVolume'],
  source: 'Amihud 2002, Journal of Financial Markets 5, with ranges for absolute returns',
  top: logRange,
  bottom: quoteVolume,
} as const;
const WINDOWS = [[1, 30], [7, 60], [30, 90]] as const;

/** Order flow of the set `market`. */
export const ORDER_FLOW_FEATURES: readonly FeatureDefinition[] = [
  ...[1, 7].map(imbalance),
  {
    name: 'taker_persistence_30',
    formula: 'correlation of the taker imbalance of a bar with that of the bar before, over 30 bars',
    inputs: ['takerBuyQuote', 'quoteVolume'],
    lookbackBars: 31,
    isRecursive: false,
    unit: 'correlation',
    source: 'autocorrelation of order flow; Hasbrouck 1991, Journal of Finance 46',
    create: rollingCorrelation(takerImbalance(1), previousValue(takerImbalance(1)), 30),
  },
  ...WINDOWS.map(([short, long]) => surprise(volume, short, long)),
  surprise(trades, 1, 30),
  ...WINDOWS.map(([short, long]) => surprise(tradeSize, short, long)),
  ...WINDOWS.map(([short, long]) => surprise(illiquidity, short, long)),
];

// Where the price stands between the highs and lows of the last bars.
import { log } from '../../../numeric/log.js';
import type { FeatureDefinition } from '../../feature-definition.js';
import { inVolatilities, UNIT_BARS } from '../../kernels/bounded.js';
import { columnValue } from '../../kernels/column-value.js';
import { derived } from '../../kernels/derived.js';
import { rollingHighest, rollingLowest } from '../../kernels/rolling-extreme.js';

const [high, low, close] = [columnValue('high'), columnValue('low'), columnValue('close')];
const logQuotient = (price: number, other: number): number => log(price / other);

const position = (bars: number): FeatureDefinition => ({
  name: `range_position_${bars}`,
  formula: `(close - lowest low) / (highest high - lowest low) of ${bars} bars`,
  inputs: ['high', 'low', 'close'],
  lookbackBars: bars,
  isRecursive: false,
  unit: 'fraction',
  source: 'Lane 1957, stochastic oscillator',
  create: derived((price, highest, lowest) => Math.max(0, Math.min(1, (price - lowest) / (highest - lowest))), close, rollingHighest(high, bars), rollingLowest(low, bars)),
});
const extreme = (name: string, word: 'highest' | 'lowest', bars: number): FeatureDefinition => ({
  name: `${name}_${bars}`,
  formula: `log(close / ${word} close of ${bars} bars) in units of the volatility of 60 bars × the root of ${bars}, from -5 to 5`,
  inputs: ['close'],
  lookbackBars: Math.max(bars, UNIT_BARS + 1),
  isRecursive: false,
  unit: 'volatilities',
  source: word === 'highest' ? 'drawdown' : 'rise from the low',
  create: inVolatilities(derived(logQuotient, close, (word === 'highest' ? rollingHighest : rollingLowest)(close, bars)), bars),
});

/** Ranges and drawdowns of the set `market`. */
export const RANGE_FEATURES: readonly FeatureDefinition[] = [...[30, 60].map(position), extreme('drawdown', 'highest', 90), extreme('rise', 'lowest', 90)];

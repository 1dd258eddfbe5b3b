// Order-flow features: who traded, how much at once, and how unusual that is.
import type { KlineColumn } from '../../klines/klines.js';
import type { FeatureDefinition } from '../feature-definition.js';
import { columnQuotient } from '../kernels/column-quotient.js';
import { columnValue } from '../kernels/column-value.js';
import type { KernelMaker } from '../kernels/kernel.js';
import { relativeChange } from '../kernels/relative-change.js';
import { rollingZScore } from '../kernels/rolling.js';

/** A quantity of one bar, from which changes and z-scores are derived. */
interface FlowQuantity {
  readonly name: string;
  readonly formula: string;
  readonly inputs: readonly KlineColumn[];
  readonly unit: string;
  readonly create: KernelMaker;
}

const quotient = (name: string, numerator: KlineColumn, denominator: KlineColumn, formula: string, unit: string): FlowQuantity => ({
  name,
  formula: `${formula} (1e-12 added to the divisor)`,
  inputs: [numerator, denominator],
  unit,
  create: columnQuotient(numerator, denominator),
});
const column = (name: string, source: KlineColumn, formula: string, unit: string): FlowQuantity => ({ name, formula, inputs: [source], unit, create: columnValue(source) });

const takerBuyBaseRatio = quotient('taker_buy_base_ratio', 'takerBuyBase', 'volume', 'share of the volume that takers bought', 'fraction');
const takerBuyQuoteRatio = quotient('taker_buy_quote_ratio', 'takerBuyQuote', 'quoteVolume', 'share of the quote volume that takers bought', 'fraction');
const tradesPerVolume = quotient('trades_per_volume', 'tradeCount', 'volume', 'number of trades per unit of volume', 'trades per base asset');
const quotePerTrade = quotient('quote_per_trade', 'quoteVolume', 'tradeCount', 'mean size of a trade', 'quote asset per trade');
const numberOfTrades = column('number_of_trades', 'tradeCount', 'number of trades', 'trades');
const quoteAssetVolume = column('quote_asset_volume', 'quoteVolume', 'quote volume', 'quote asset');

const SOURCE = "ForecastLab's Python predecessor";

const itself = ({ name, formula, inputs, unit, create }: FlowQuantity): FeatureDefinition => ({ name, formula, inputs, lookbackBars: 1, isRecursive: false, unit, source: SOURCE, create });
const change = ({ name, inputs, create }: FlowQuantity): FeatureDefinition => ({
  name: `${name}_chg1`,
  formula: `${name} against that of the bar before, less 1`,
  inputs,
  lookbackBars: 2,
  isRecursive: false,
  unit: 'fraction',
  source: SOURCE,
  create: relativeChange(create),
});
const zScore = ({ name, inputs, create }: FlowQuantity, windowBars: number): FeatureDefinition => ({
  name: `${name}_z${windowBars}`,
  formula: `${name} less its mean over the last ${windowBars} bars, divided by their sample standard deviation + 1e-12`,
  inputs,
  lookbackBars: windowBars,
  isRecursive: false,
  unit: 'standard deviations',
  source: SOURCE,
  create: rollingZScore(create, windowBars),
});

/** The 14 features that the set `flow` adds to `baseline`. */
export const FLOW_FEATURES: readonly FeatureDefinition[] = [
  ...[takerBuyBaseRatio, takerBuyQuoteRatio, tradesPerVolume, quotePerTrade].map(itself),
  ...[takerBuyBaseRatio, takerBuyQuoteRatio, numberOfTrades, quoteAssetVolume].map(change),
  ...[takerBuyBaseRatio, numberOfTrades, quoteAssetVolume].flatMap((quantity) => [zScore(quantity, 7), zScore(quantity, 21)]),
];

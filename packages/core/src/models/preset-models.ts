// The models of the presets on the features of the set `market`: which of them tell of a touch, and how much is believed.

/** Volatility at several horizons, its shape, and how far the price went for it. */
const VOLATILITY_FEATURES = [
  'volatility_7', 'volatility_21', 'volatility_60', 'volatility_ewm', 'parkinson_7', 'parkinson_21', 'parkinson_60', 'range_1_30',
  'volatility_to_range_21', 'volatility_of_volatility_21', 'largest_move_21', 'efficiency_60',
] as const;

/** Surprises of volume, of the size of trades, and of how much a volume moves the price. */
const VOLUME_FEATURES = [
  'quote_volume_1_30', 'quote_volume_7_60', 'quote_volume_30_90', 'trade_size_1_30', 'trade_size_7_60', 'trade_size_30_90', 'illiquidity_1_30', 'illiquidity_7_60', 'illiquidity_30_90',
] as const;

/**
 * The side by theory, its constant drawn to it. Ages fade, the half-life being 730 bars or a third of a longer history: without, on daily bars,
 * touches were foretold too often when the market had become quieter.
 */
const SIDE_AND_AGES = { side: { kind: 'prior' }, sideOdds: 'barrier_side_odds', sideRows: 2000, halfLifeBars: 730, halfLifeShare: 0.33 } as const;

/** The recipe of the presets on features that are named: a straight model of the touch, so strongly penalised that twenty features cost no more than they tell. */
export function recipeOn<const Features extends readonly string[]>(features: Features) {
  return { touch: { kind: 'logistic', params: { C: 0.003 }, features }, ...SIDE_AND_AGES };
}

/**
 * Several markets. Chosen on daily bars of six coins before 2022, where momentum, ranges, order flow, calendar and leader told nothing more, and
 * trees and pools of both no more.
 */
export const POOLED_MODEL = { kind: 'two-part', params: recipeOn([...VOLATILITY_FEATURES, ...VOLUME_FEATURES]) } as const;

/** One market, whose rows do not bear more than its volatility. */
export const SMALL_DATA_MODEL = { kind: 'two-part', params: recipeOn(VOLATILITY_FEATURES) } as const;

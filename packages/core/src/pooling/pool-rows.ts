// Puts the labelled rows of several markets into one table in the order of time. Whoever splits, purges and weighs by bar index can
// use it as it is: the bars of all markets are counted on one calendar, also those of a market with gaps or a late start.
import type { TrainingRows } from '../dataset/training-rows.js';
import { ForecastLabError, optionError } from '../errors.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { marketCalendar } from './market-calendar.js';
import type { PooledRows } from './pooled-rows.js';

/** One market's rows of one candidate, with what is known of each of its bars. */
export interface PoolPart {
  readonly symbol: string;
  /** As trainingRows gives them: bar indices count this market's own bars. */
  readonly rows: TrainingRows;
  /** [bars] open time of every bar of the market, UTC ms, ascending; also of those without a label. */
  readonly openTimeMs: ArrayLike<number>;
  /** [bars] the move that counts as an event: ReversalLabels.barrier. */
  readonly barrier: ArrayLike<number>;
  /** [bars] expectedVolatility of the closes. */
  readonly volatility: ArrayLike<number>;
  /** [bars] volatility as features, for the baselines that know nothing else: volatilityFeatures. In all parts or in none. */
  readonly volatilityFeatures?: FeatureMatrix;
}

/**
 * The rows of all parts by open time, those of one time in the order of the parts. Bar indices become positions on the calendar of all
 * parts' bars, so that a label ends where its market's T-th bar after it stands, however many bars the others have until then.
 * @throws BAD_DATA for a symbol that comes twice, other features than the first part's, or times that do not ascend; BAD_OPTION without parts
 * @example poolRows([{ symbol: 'BTCUSDT', rows, openTimeMs, barrier: labels.barrier, volatility }, …]).symbols // ['BTCUSDT', …]
 */
export function poolRows(parts: readonly PoolPart[]): PooledRows {
  checkParts(parts);
  const { positions } = marketCalendar(parts.map(({ symbol, openTimeMs }) => ({ symbol, openTimeMs })));
  const { part, row } = placesInTime(parts, positions);
  const column = (value: (part: number, row: number) => number): Float64Array => {
    const values = new Float64Array(part.length);
    for (let i = 0; i < values.length; i += 1) values[i] = value(part[i], row[i]);
    return values;
  };
  const ofBar = (columns: readonly ArrayLike<number>[]): Float64Array => column((market, at) => columns[market][parts[market].rows.rows[at]]);
  const volatilityTables = parts.flatMap(({ volatilityFeatures }) => volatilityFeatures ?? []);
  const { names } = parts[0].rows.features;
  return {
    features: { names, columns: names.map((_, feature) => column((market, at) => parts[market].rows.features.columns[feature][at])), length: part.length },
    labels: Int8Array.from(part, (market, i) => parts[market].rows.labels[row[i]]),
    rows: part.map((market, i) => positions[market][parts[market].rows.rows[row[i]]]),
    openTimeMs: column((market, at) => parts[market].rows.openTimeMs[at]),
    spanEnd: part.map((market, i) => positions[market][parts[market].rows.spanEnd[row[i]]]),
    symbols: parts.map(({ symbol }) => symbol),
    symbolIndex: part,
    barrier: ofBar(parts.map(({ barrier }) => barrier)),
    volatility: ofBar(parts.map(({ volatility }) => volatility)),
    ...(volatilityTables.length < parts.length
      ? {}
      : { volatilityFeatures: { names: volatilityTables[0].names, columns: volatilityTables[0].names.map((_, feature) => ofBar(volatilityTables.map(({ columns }) => columns[feature]))), length: part.length } }),
  };
}

/** Which row of which part stands where: [rows] each. */
function placesInTime(parts: readonly PoolPart[], positions: readonly Int32Array[]): { readonly part: Int32Array; readonly row: Int32Array } {
  const count = parts.reduce((sum, { rows }) => sum + rows.rows.length, 0);
  // position and part in one number: whole ones below 2^53
  const keys = new Float64Array(count);
  let at = 0;
  for (const [index, { rows }] of parts.entries()) for (const bar of rows.rows) keys[at++] = positions[index][bar] * parts.length + index;
  keys.sort();
  const next = new Int32Array(parts.length);
  const part = Int32Array.from(keys, (key) => key % parts.length);
  return { part, row: part.map((index) => next[index]++) };
}

function checkParts(parts: readonly PoolPart[]): void {
  if (parts.length === 0) throw optionError('poolRows', 'parts', 'a list of at least one market', 'none');
  const [first] = parts;
  for (const [index, { symbol, rows, openTimeMs, barrier, volatility, volatilityFeatures }] of parts.entries()) {
    if (parts.findIndex((part) => part.symbol === symbol) !== index) throw badPart(`The market ${symbol} is there twice.`, 'Give each market once.');
    const { names } = rows.features;
    if (names.length !== first.rows.features.names.length || names.some((name, i) => name !== first.rows.features.names[i])) throw badPart(`The features of ${symbol} are not those of ${first.symbol}.`, 'Compute the same features for every market.');
    for (const [name, column] of Object.entries({ barrier, volatility, ...(volatilityFeatures === undefined ? {} : { volatilityFeatures }) })) {
      if (column.length !== openTimeMs.length) throw badPart(`There must be one \`${name}\` per bar of ${symbol}. Got ${column.length} for ${openTimeMs.length} bars.`);
    }
    if ((volatilityFeatures === undefined) !== (first.volatilityFeatures === undefined)) throw badPart(`Either all markets have \`volatilityFeatures\` or none has. ${symbol} and ${first.symbol} differ.`);
    for (let row = 0; row < rows.rows.length; row += 1) {
      const [bar, end] = [rows.rows[row], rows.spanEnd[row]];
      if (bar < 0 || end < bar || end >= openTimeMs.length || openTimeMs[bar] !== rows.openTimeMs[row]) throw badPart(`Row ${row} of ${symbol} is bar ${bar} with a label to bar ${end}: its market has ${openTimeMs.length} bars and must have that one at the row's time.`);
    }
  }
}

function badPart(message: string, hint?: string): ForecastLabError {
  return new ForecastLabError('BAD_DATA', `poolRows: ${message}`, hint === undefined ? {} : { hint });
}

// Sample weights of pooled rows: how much of its label each row has for itself, and how much each market counts.
import { optionError } from '../errors.js';
import { uniquenessWeights } from '../labels/weights/uniqueness-weights.js';
import type { PooledRows } from './pooled-rows.js';

/**
 * What a market counts by: `rows` every row alike, so that a market with twice the rows counts twice; `equal` every market alike, so
 * that the rows of a young market count for more.
 */
export const SYMBOL_WEIGHTINGS = ['rows', 'equal'] as const;
export type SymbolWeighting = (typeof SYMBOL_WEIGHTINGS)[number];

export interface PooledWeightOptions {
  /** Weigh rows by the average uniqueness of their labels within their own market. Default: false. */
  readonly byUniqueness?: boolean;
  /** Default: 'rows'. */
  readonly bySymbol?: SymbolWeighting;
}

/**
 * One weight per row, above 0, with mean 1. Uniqueness is counted among the rows of the same market alone (mean 1 in each): labels of
 * two markets over the same days are two answers, if not independent ones. Give it the purged training rows of one fold.
 * @throws BAD_OPTION for an unknown `bySymbol`, and as uniquenessWeights does
 * @example pooledWeights({ rows, spanEnd, symbolIndex }, { byUniqueness: true, bySymbol: 'equal' })
 */
export function pooledWeights({ rows, spanEnd, symbolIndex }: Pick<PooledRows, 'rows' | 'spanEnd' | 'symbolIndex'>, options: PooledWeightOptions = {}): Float64Array {
  const { byUniqueness = false, bySymbol = 'rows' } = options;
  if (!SYMBOL_WEIGHTINGS.includes(bySymbol)) throw optionError('pooledWeights', 'bySymbol', `one of ${SYMBOL_WEIGHTINGS.join(', ')}`, bySymbol);
  const weights = new Float64Array(rows.length).fill(1);
  const byMarket = new Map<number, number[]>();
  for (let row = 0; row < rows.length; row += 1) {
    const members = byMarket.get(symbolIndex[row]);
    if (members === undefined) byMarket.set(symbolIndex[row], [row]);
    else members.push(row);
  }
  for (const members of byMarket.values()) {
    const own = byUniqueness ? uniquenessWeights({ rows: members.map((row) => rows[row]), spanEnd: members.map((row) => spanEnd[row]) }) : undefined;
    const share = bySymbol === 'equal' ? rows.length / (byMarket.size * members.length) : 1;
    for (const [i, row] of members.entries()) weights[row] = share * (own?.[i] ?? 1);
  }
  return weights;
}

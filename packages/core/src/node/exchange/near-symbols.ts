// "Did you mean …?" for symbols: the usual slips first, then names that differ by a letter or two.
import { distance } from 'fastest-levenshtein';
import type { SymbolFacts } from './exchange.js';

const MAX_NAMES = 5;
// What most people mean when they name no quote asset, or half of it.
const USUAL_QUOTES = ['USDT', 'USDC', 'FDUSD', 'BTC', 'ETH', 'BNB', 'EUR', 'TRY'];
const FAR = 9;

/** Up to five symbols that `name` may have meant, the likeliest first; those that are traded stand before those that are not. */
export function nearSymbols(name: string, known: Iterable<SymbolFacts>): string[] {
  const wanted = name.toUpperCase().replace(/[^\p{L}\p{N}_]/gu, '');
  const near: { readonly facts: SymbolFacts; readonly rank: readonly number[] }[] = [];
  for (const facts of known) {
    const likeness = rankLikeness(wanted, facts);
    if (likeness < FAR) near.push({ facts, rank: [facts.status === 'TRADING' ? 0 : 1, likeness, rankQuote(facts.quoteAsset)] });
  }
  near.sort((a, b) => compareRanks(a.rank, b.rank) || (a.facts.symbol < b.facts.symbol ? -1 : 1));
  return near.slice(0, MAX_NAMES).map(({ facts }) => facts.symbol);
}

/** 0: the same but for writing (btcusdt, BTC-USDT); 1: halves left out or swapped; above: edits. */
function rankLikeness(wanted: string, { symbol, baseAsset, quoteAsset }: SymbolFacts): number {
  if (wanted === symbol) return 0;
  if (wanted === '') return FAR;
  if (wanted === quoteAsset + baseAsset) return 1;
  if (wanted === baseAsset) return 1;
  // BTCUSD: the beginning of a quote asset
  if (wanted.startsWith(baseAsset) && baseAsset !== '' && quoteAsset.startsWith(wanted.slice(baseAsset.length))) return 1;
  const edits = distance(wanted, symbol);
  return edits <= Math.min(2, Math.floor(wanted.length / 3)) ? 1 + edits : FAR;
}

function rankQuote(quoteAsset: string): number {
  const rank = USUAL_QUOTES.indexOf(quoteAsset);
  return rank < 0 ? USUAL_QUOTES.length : rank;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : a[i] - b[i];
}

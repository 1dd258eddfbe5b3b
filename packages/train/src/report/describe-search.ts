// Which market, which bars and what kind of model: the first lines of a report.
import type { CandidateBarrier } from '@forecastlab/core';
import type { CandidateReport, SearchReport } from '../search/search-report.js';
import { formatBarrier, formatPercent, formatTime } from './formats.js';

/** `BTCUSDT 1d`, or the file's name when the market is not known. */
export function marketName({ market }: SearchReport): string {
  return `${market.symbol ?? market.file} ${market.interval}`;
}

/** Bars, features, model and run in one line. */
export function describeSearch({ market, options, run }: SearchReport): string {
  const [first, last] = [market.firstOpenMs, market.lastOpenMs].map((ms) => formatTime(ms, market.interval));
  return `${market.bars} bars, ${first} to ${last} · features ${options.features} · model ${options.model} · run ${run}`;
}

/** The question of a candidate in words. */
export function describeQuestion({ T, X, V }: CandidateBarrier & { readonly T: number }): string {
  const move = formatBarrier({ X, V });
  return `Within ${T} ${T === 1 ? 'bar' : 'bars'}: does the price first fall by ${move}, first rise by ${move}, or neither?`;
}

/** How large a barrier in expected moves was at the test bars; empty for one in percent. */
export function describeBarrier({ barrier }: Pick<CandidateReport, 'barrier'>): string {
  return barrier === undefined ? '' : `Its barrier was ${formatPercent(barrier.median)} or less at half of the test bars, ${formatPercent(barrier.mean)} on average.`;
}

/** The names of the baselines in the report, in their order, each once. */
export function baselinesOf({ candidates }: SearchReport): readonly string[] {
  return [...new Set(candidates.flatMap((candidate) => candidate.baselines.map(({ name }): string => name)))];
}

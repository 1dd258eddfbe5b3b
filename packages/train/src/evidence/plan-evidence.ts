// The work of an evidence run: for each candidate the rows of all markets with folds cut at times, and on demand each market alone.
import {
  buildTrainingTable,
  type Candidate,
  type Fold,
  ForecastLabError,
  isForecastLabError,
  marketOfPool,
  optionError,
  parseInterval,
  type PooledPlan,
  pooledFolds,
  poolPart,
  poolRows,
} from '@forecastlab/core';
import type { Failure } from '../runs/attempt.js';
import type { EvidenceRequest } from './evidence-request.js';

/** One model's forecasts of one candidate: on all markets together, or on one alone. */
export interface EvidenceEntry {
  /** Null for all markets together. */
  readonly alone: string | null;
  readonly plan: PooledPlan;
}

/** What failed, and why. */
export interface EvidenceFailure extends Failure {
  readonly candidate: string;
  /** The market of a failed run alone; null for all markets together. */
  readonly symbol: string | null;
}

export interface EvidencePlan {
  /** Those of all markets in the order of the candidates, then those of single markets. */
  readonly entries: readonly EvidenceEntry[];
  readonly failures: readonly EvidenceFailure[];
  readonly featureNames: readonly string[];
  /** What is odd: one sentence each. */
  readonly warnings: readonly string[];
}

/** Fewer rows than this before a test make no fit on one market worth scoring. */
const LEAST_ROWS_ALONE = 50;

/** Labels, features, folds. Throws BAD_OPTION for markets that do not go together. */
export function planEvidence(request: Pick<EvidenceRequest, 'markets' | 'leader' | 'candidates' | 'featureSet' | 'folds' | 'alone'>): EvidencePlan {
  const { markets, leader, candidates, featureSet, alone } = request;
  checkMarkets(markets);
  const tables = markets.map(({ symbol, klines }) => ({ symbol, klines, table: buildTrainingTable(klines, { features: featureSet, candidates, leader: leader?.symbol === symbol ? undefined : leader?.klines }) }));
  const failures: EvidenceFailure[] = [];
  const together = candidates.flatMap((candidate): EvidenceEntry[] => {
    try {
      const rows = poolRows(tables.map((market) => poolPart(market, candidate)));
      return [{ alone: null, plan: { candidate, intervalMs: parseInterval(markets[0].interval).ms, rows, folds: foldsOf(rows, candidate, request.folds) } }];
    } catch (error) {
      if (!isForecastLabError(error) || error.code !== 'BAD_DATA') throw error;
      failures.push({ candidate: candidate.name, symbol: null, message: error.message, hint: error.hint ?? null });
      return [];
    }
  });
  const singles = alone === undefined || markets.length === 1 ? [] : together.flatMap(singleEntries);
  return { entries: [...together, ...singles], failures, featureNames: tables[0].table.featureNames, warnings: together.length === 0 ? [] : oddities(together[0].plan) };
}

function checkMarkets(markets: EvidenceRequest['markets']): void {
  if (markets.length === 0) throw optionError('evidence', 'symbols', 'a list of at least one market', 'none');
  const symbols = markets.map(({ symbol }) => symbol);
  const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
  if (twice !== undefined) throw new ForecastLabError('BAD_OPTION', `The market ${twice} is named twice.`, { hint: 'Give each market once; with --data, --symbols names the files in their order.', details: { symbol: twice } });
  const [first] = markets;
  const other = markets.find(({ interval }) => interval !== first.interval);
  if (other !== undefined) throw new ForecastLabError('BAD_OPTION', `All markets must have bars of one length. ${first.symbol} has ${first.interval}, ${other.symbol} ${other.interval}.`, { hint: 'Run each interval by itself.', details: { symbol: other.symbol } });
}

function foldsOf(rows: PooledPlan['rows'], { T }: Candidate, { firstTestMs, initTrain, refitEvery, window }: EvidenceRequest['folds']): readonly Fold[] {
  return pooledFolds(rows, T, { firstTestMs, initTrainBars: initTrain, refitEveryBars: refitEvery, window });
}

/** The same tests market by market, where it has rows to train on. */
function singleEntries({ plan }: EvidenceEntry): EvidenceEntry[] {
  return plan.rows.symbols.flatMap((alone, market) => {
    const single = marketOfPool(plan.rows, plan.folds, market, { leastTrainingRows: LEAST_ROWS_ALONE + plan.candidate.T });
    return single.folds.length === 0 ? [] : [{ alone, plan: { ...plan, ...single } }];
  });
}

function oddities({ candidate, rows, folds }: PooledPlan): string[] {
  const [first, last] = [folds[0].testStartIx, folds[folds.length - 1].testEndIx];
  const [all, tested] = [new Set(rows.symbolIndex), new Set(rows.symbolIndex.subarray(first, last + 1))];
  return rows.symbols.flatMap((symbol, market) => {
    if (!all.has(market)) return [`${symbol} has no labelled row of ${candidate.name}: its bars are too few.`];
    if (!tested.has(market)) return [`${symbol} has no row in the test: it is trained on only.`];
    return [];
  });
}

// forecastlab-train lookahead: proves that no feature moves when the future changes, and shows how much of the past each needs.
import {
  analyzeWarmUp,
  type Candidate,
  type CandidateFeatures,
  checkLookAhead,
  computeCandidateFeatures,
  type FeatureTable,
  ForecastLabError,
  klineCount,
  type LookAheadReport,
  parseCandidates,
  type WarmUpAnalysis,
  warmUpBars,
} from '@forecastlab/core';
import { defineCommand, formatTable, option } from '@forecastlab/core/node';
import { loadLeader } from '../load-leader.js';
import { loadMarket } from '../load-market.js';
import { readCandidateList } from '../read-candidate-list.js';
import { FEATURES_OPTION, LEADER_OPTION, MARKET_OPTIONS } from './shared-options.js';

/** Asked about where nothing else is: its features depend on a question. */
const DEFAULT_CANDIDATE = 'T14_X8';

export const lookahead = defineCommand({
  path: ['lookahead'],
  summary: 'Prove that no feature moves when the future changes',
  description: 'Removes, replaces and nudges the bars after many cut points and compares every feature value at and before the cut, bit by bit. Exit 1 when anything moved. Beside it: how far the last bar\'s values move when they are computed from fewer bars.',
  examples: ['lookahead --data data/raw/binance_BTCUSDT_1d.csv', 'lookahead --symbol BTCUSDT --interval 1d --features baseline --cuts 100', 'lookahead --symbol ETHUSDT --features market --candidates T14_X8,T14_V1.5'],
  options: {
    ...MARKET_OPTIONS,
    features: FEATURES_OPTION,
    candidates: option.list({ describe: 'Candidates for the features that depend on one, such as T14_X8,T14_V1.5, or @FILE with one name a line. Default: T14_X8.', placeholder: 'LIST|@FILE' }),
    leader: LEADER_OPTION,
    cuts: option.integer({ describe: 'Cut points, each tried with every change.', default: 20, min: 1, max: 10_000 }),
    seed: option.integer({ describe: 'Seed of cut points and changes.', default: 42, min: 0, max: 0xffffffff }),
  },
  async run(options, context) {
    const market = await loadMarket(options, context);
    context.signal.throwIfAborted();
    const needed = 2 * (warmUpBars(options.features) + 1);
    if (klineCount(market.klines) < needed) {
      throw new ForecastLabError('BAD_DATA', `${market.path} has ${klineCount(market.klines)} bars; below ${needed} most values are missing, and nothing would be proved.`, { hint: 'Take a longer file.' });
    }
    const candidates = options.candidates === undefined ? parseCandidates(DEFAULT_CANDIDATE) : await readCandidateList(options.candidates, context);
    const { leader } = await loadLeader(options, market, context);
    const report = checkLookAhead({
      klines: market.klines,
      leader: leader?.klines,
      features: (bars, leading) => joinTables(computeCandidateFeatures(bars, options.features, candidates, { leader: leading }), candidates),
      cuts: options.cuts,
      seed: options.seed,
    });
    const warmUp = analyzeWarmUp(market.klines, options.features, { candidate: candidates[0], leader: leader?.klines });
    const warnings = warmUp.warnings.map((warning) => `Warning: ${warning}`).join('\n');
    const text = [lookAheadText(report), warmUpText(warmUp), ...(warnings === '' ? [] : [warnings])].join('\n\n');
    return { json: { file: market.path, ...report, warmUp }, text, exitCode: report.ok ? 0 : 1 };
  },
});

/** The shared features, and those that depend on the candidate as `<feature>_<candidate>`. */
function joinTables({ shared, tables }: CandidateFeatures, candidates: readonly Candidate[]): FeatureTable {
  const bound = tables.flatMap((table, i) => table.names.flatMap((name, at) => (shared.names.includes(name) ? [] : [{ name: `${name}_${candidates[i].name}`, values: table.columns[at] }])));
  return { ...shared, names: [...shared.names, ...bound.map(({ name }) => name)], columns: [...shared.columns, ...bound.map(({ values }) => values)] };
}

function lookAheadText(report: LookAheadReport): string {
  const tried = `${report.features.length} features, ${report.cutRows.length} cuts, ${report.comparisons} comparisons`;
  if (report.ok) return `No feature looks ahead (${tried}).`;
  const moved = formatTable(report.violations, [
    { header: 'feature', value: ({ feature }) => feature },
    { header: 'future', value: ({ change }) => change },
    { header: 'last untouched bar', value: ({ cutRow }) => cutRow },
    { header: 'moved bar', value: ({ row }) => row },
    { header: 'before', value: ({ before }) => before },
    { header: 'after', value: ({ after }) => after },
  ]);
  return `${moved}\n\nFeatures look ahead (${tried}).`;
}

function warmUpText({ bars, startUpBars, features }: WarmUpAnalysis): string {
  const table = formatTable(features, [
    { header: 'feature', value: ({ feature }) => feature },
    { header: 'look-back', value: ({ lookbackBars }) => lookbackBars },
    ...startUpBars.map((count, i) => ({ header: `${count} bars`, value: ({ deviations }: (typeof features)[number]) => shortNumber(deviations[i]), align: 'right' as const })),
    { header: 'settled from', value: ({ settledFromBars }) => settledFromBars ?? '-', align: 'right' },
  ]);
  return `The last bar computed from its last bars alone, against all ${bars} bars: difference in standard deviations of the feature.\n\n${table}`;
}

function shortNumber(deviation: number): string {
  if (Number.isNaN(deviation)) return '-';
  return deviation === 0 ? '0' : deviation.toExponential(1);
}

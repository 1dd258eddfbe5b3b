// Whether a challenger may take the champion's place: both recipes, each with the age of its bundle, forecast the same newest labelled
// rows from their purged past. Why not the two bundles themselves: docs/retraining.md.
import { blockLengthFor, type Bundle, type ClassifierKind, type Fold, type ModelKind, parseCandidates, parseInterval, type PooledRows, type SkillInterval, skillInterval } from '@forecastlab/core';
import type { Recipe } from '../recipe.js';
import { fittedLosses, frozenLosses, modelOfRecipe } from './block-losses.js';
import { gateBlocks, gateFold, gateTimes } from './gate-plan.js';
import type { CandidateJudgement, GateReport } from './gate-report.js';
import { type RecipeBars, recipeRows } from './recipe-rows.js';

/** One of the two. */
export interface GateSide {
  readonly recipe: Recipe;
  /** The recipe's kind, loaded where it needs an optional package. */
  readonly modelKind: ModelKind | ClassifierKind;
  /** Open time of the newest bar that training has seen, UTC ms. */
  readonly cutOffMs: number;
  /** Bars for its features; those of both sides are the same but for the leader. */
  readonly bars: RecipeBars;
}

export interface GateRequest {
  /** Candidates of the challenger must include the champion's; label options, markets and interval must be the same. */
  readonly challenger: GateSide;
  readonly champion: GateSide & { readonly bundle: Bundle };
  /** The newest labelled times to compare on. */
  readonly gateRows: number;
  /** How much higher the challenger's mean log loss may be, in nats. */
  readonly margin: number;
  readonly onBlock?: ((done: number, total: number) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares the two; null when there are too few labelled rows for one block. Changes nothing.
 * @throws INTERRUPTED on `signal`, or what the model kinds throw
 */
export async function judgeChallenger(request: GateRequest): Promise<GateReport | null> {
  const { challenger, champion, gateRows, margin } = request;
  const candidates = parseCandidates(champion.recipe.candidates.join(','));
  const own = recipeRows(challenger.recipe, candidates, challenger.bars);
  const its = recipeRows(champion.recipe, candidates, champion.bars);
  const ageBars = Math.max(0, Math.round((challenger.cutOffMs - champion.cutOffMs) / parseInterval(challenger.recipe.interval).ms));
  const blocks = gateBlocks(gateTimes([...own, ...its], gateRows));
  const sums = candidates.map(() => new Map<string, RowLosses>());
  let [judged, frozen] = [0, 0];
  for (const [index, block] of blocks.entries()) {
    request.signal?.throwIfAborted();
    const isFrozen = champion.cutOffMs < block.firstMs;
    const folds = candidates.map(({ T }, i) => ({ own: gateFold(own[i], T, block, { ageBars: 0, window: challenger.recipe.window }), its: gateFold(its[i], T, block, { ageBars: isFrozen ? 0 : ageBars, window: champion.recipe.window }) }));
    // both or none, every candidate or none: the same rows for all
    if (folds.every((pair): pair is { own: Fold; its: Fold } => pair.own !== undefined && pair.its !== undefined)) {
      for (const [i, candidate] of candidates.entries()) {
        const fresh = fittedLosses(own[i], candidate, folds[i].own, modelOfRecipe(challenger.recipe, challenger.modelKind), challenger.recipe.interval);
        const aged = isFrozen ? frozenLosses(champion.bundle, candidate.name, its[i], folds[i].its) : fittedLosses(its[i], candidate, folds[i].its, modelOfRecipe(champion.recipe, champion.modelKind), champion.recipe.interval).model;
        joinLosses(sums[i], { own: own[i], its: its[i], folds: folds[i], fresh, aged });
      }
      judged += 1;
      if (isFrozen) frozen += 1;
    }
    await request.onBlock?.(index + 1, blocks.length);
  }
  const rows = commonRows(sums);
  if (rows.length === 0) return null;
  return report({ rows, sums, judged, frozen, ageBars, margin, seed: challenger.recipe.seed, names: candidates.map(({ name }) => name), maxT: Math.max(...candidates.map(({ T }) => T)) });
}

/** Losses of one row. */
interface RowLosses {
  readonly timeMs: number;
  readonly challenger: number;
  readonly champion: number;
  readonly classShares: number;
}

/** Rows of both sides by time and market: feature sets may differ in what they have a row for. */
function joinLosses(sums: Map<string, RowLosses>, { own, its, folds, fresh, aged }: { readonly own: PooledRows; readonly its: PooledRows; readonly folds: { readonly own: Fold; readonly its: Fold }; readonly fresh: { readonly model: Float64Array; readonly classShares: Float64Array }; readonly aged: Float64Array }): void {
  const key = (pool: PooledRows, row: number): string => `${pool.openTimeMs[row]} ${pool.symbols[pool.symbolIndex[row]]}`;
  const champions = new Map(Array.from(aged, (loss, i) => [key(its, folds.its.testStartIx + i), loss]));
  for (const [i, challenger] of fresh.model.entries()) {
    const row = folds.own.testStartIx + i;
    const champion = champions.get(key(own, row));
    if (champion !== undefined) sums.set(key(own, row), { timeMs: own.openTimeMs[row], challenger, champion, classShares: fresh.classShares[i] });
  }
}

/** Keys of the rows that every candidate has, in the order of time. */
function commonRows(sums: readonly Map<string, RowLosses>[]): readonly string[] {
  return [...sums[0].keys()].filter((key) => sums.every((own) => own.has(key)));
}

interface ReportInput {
  readonly rows: readonly string[];
  readonly sums: readonly Map<string, RowLosses>[];
  readonly judged: number;
  readonly frozen: number;
  readonly ageBars: number;
  readonly margin: number;
  readonly seed: number;
  readonly names: readonly string[];
  readonly maxT: number;
}

function report({ rows, sums, judged, frozen, ageBars, margin, seed, names, maxT }: ReportInput): GateReport {
  const lossesOf = (own: readonly Map<string, RowLosses>[], which: 'challenger' | 'champion' | 'classShares'): Float64Array => meanByTime(rows, (key) => own.reduce((sum, losses) => sum + (losses.get(key)?.[which] ?? 0), 0) / own.length, (key) => sums[0].get(key)?.timeMs ?? 0);
  const judge = (own: readonly Map<string, RowLosses>[]): Omit<CandidateJudgement, 'name'> => {
    const [challenger, champion, classShares] = [lossesOf(own, 'challenger'), lossesOf(own, 'champion'), lossesOf(own, 'classShares')];
    const options = { blockLength: blockLengthFor(challenger.length, maxT), seed };
    const gain: SkillInterval = skillInterval(challenger, champion, options);
    const scale = mean(champion);
    return {
      challengerLoss: mean(challenger),
      championLoss: scale,
      difference: mean(challenger) - scale,
      // skill is the gain as a share of the champion's loss; a difference below 0 is in the challenger's favour
      interval: gain.interval === null ? null : [0 - gain.interval[1] * scale, 0 - gain.interval[0] * scale],
      challengerSkill: skillInterval(challenger, classShares, options).skill,
      championSkill: skillInterval(champion, classShares, options).skill,
    };
  };
  const together = judge(sums);
  const times = rows.map((key) => sums[0].get(key)?.timeMs ?? 0);
  return {
    rows: rows.length,
    times: new Set(times).size,
    firstOpenTime: new Date(Math.min(...times)).toISOString(),
    lastOpenTime: new Date(Math.max(...times)).toISOString(),
    blocks: judged,
    frozenBlocks: frozen,
    ageBars,
    margin,
    ...together,
    candidates: names.map((name, i) => ({ name, ...judge([sums[i]]) })),
    isNotWorse: together.difference <= margin,
  };
}

/** Mean over the markets of each time; a series in the order of time. */
function meanByTime(rows: readonly string[], lossOf: (key: string) => number, timeOf: (key: string) => number): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const key of rows) {
    const { sum, count } = sums.get(timeOf(key)) ?? { sum: 0, count: 0 };
    sums.set(timeOf(key), { sum: sum + lossOf(key), count: count + 1 });
  }
  return Float64Array.from([...sums.entries()].sort(([a], [b]) => a - b), ([, { sum, count }]) => sum / count);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

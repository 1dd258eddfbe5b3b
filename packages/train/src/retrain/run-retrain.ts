// One retraining: is a challenger due, train it by the champion's recipe, publish it, judge it, activate or decline it. Each step is
// found done when the run is started again: the bundle under the name of its inputs, the judgement in its file, the decision in the history.
import { type Bundle, type BundleMeta, ForecastLabError, isForecastLabError, parseCandidates, parseInterval, startOfInterval } from '@forecastlab/core';
import { type ArtifactStore, loadClassifierKind, type LockOptions, type ModelRegistry, openModelRegistry, type Progress } from '@forecastlab/core/node';
import type { CodeVersion } from '../code-version.js';
import type { loadMarkets } from '../load-markets.js';
import type { BundleMarket } from '../train-bundle.js';
import { challengerName } from './challenger-name.js';
import { checkBars } from './check-bars.js';
import { type RecipeChanges, chooseRecipe } from './choose-recipe.js';
import { judge } from './judge.js';
import { wasJudgedBefore } from './judged-before.js';
import { markBegun } from './begun-challengers.js';
import { declinesInARow, lastCutOffMs } from './judged-bundles.js';
import type { Judgement } from './judgement-file.js';
import { lateBars, newestOf } from './late-bars.js';
import { type LoadedRecipeBars, loadRecipeBars } from './load-recipe-bars.js';
import { type Due, judgeDue, type Policy } from './policy.js';
import { pruneChallengers } from './prune-challengers.js';
import { type Recipe, recipeOf } from './recipe.js';
import { holdAfterRollback } from './rollback-hold.js';
import { trainChallenger } from './train-challenger.js';

/** A fit keeps the lock from being renewed while it lasts, minutes with many candidates; who was killed leaves it behind for so long. */
const LOCK: LockOptions = { waitMs: 0, staleMs: 900_000 };
const LOCK_PATH = 'outputs/retrain/run';

export interface RetrainRequest {
  readonly store: ArtifactStore;
  readonly policy: Policy;
  /** Retrain although nothing is due. Default: false. */
  readonly isForced?: boolean;
  /** Tell what would happen and write nothing. Default: false. */
  readonly isDryRun?: boolean;
  /** The newest labelled times to compare on. */
  readonly gateRows: number;
  /** How much higher the challenger's mean log loss may be, in nats. */
  readonly margin: number;
  /** Declined challengers that are kept; undefined: all. */
  readonly keep?: number | undefined;
  /** What differs from the champion's recipe. */
  readonly changes: RecipeChanges;
  /** Files in the order of the champion's markets. Default: stored bars. */
  readonly data?: readonly string[] | undefined;
  readonly code: CodeVersion;
  /** Where and when: store, current folder, clock, log. */
  readonly context: Parameters<typeof loadMarkets>[1] & { readonly progress?: Progress; readonly signal: AbortSignal };
  readonly lock?: LockOptions;
}

export interface RetrainOutcome {
  /** `judged-before`: these very inputs were decided on in an earlier run; nothing was changed. */
  readonly status: 'not-due' | 'would-retrain' | 'activated' | 'declined' | 'judged-before';
  readonly policy: Policy;
  readonly due: Due;
  readonly champion: { readonly name: string; readonly cutOff: string };
  /** Null when none is due. */
  readonly challenger: { readonly name: string; readonly cutOff: string; /** False when it was published before. */ readonly isTrained: boolean } | null;
  readonly judgement: Judgement | null;
  /** Challengers declined since the last activation or rollback, this one included. */
  readonly declinesInARow: number;
  /** What is odd: a damaged pointer or bundle, bars. */
  readonly notes: readonly string[];
  /** Why another bundle than the active one was taken as champion. */
  readonly fallback: string | null;
  /** The bundle that is meant to be active, where another is the champion for what is wrong with it; null otherwise, and for a damaged pointer. */
  readonly standsInFor: string | null;
  readonly removed: readonly string[];
}

/**
 * Does what the policy asks for.
 * @throws BAD_OPTION without an active bundle; TEMPORARY when a challenger is due and its bars are not stored yet, or another retraining
 * runs; BAD_DATA for bars that were cut or damaged; CONFLICT when another bundle was activated meanwhile; INTERRUPTED
 */
export async function runRetrain(request: RetrainRequest): Promise<RetrainOutcome> {
  const { store, policy, isForced = false, isDryRun = false, context } = request;
  const registry = openModelRegistry(store);
  const { bundle: champion, fallback, standsInFor, activeName } = await findChampion(registry, store);
  const recipe = recipeOf(champion.meta);
  const problems = await registry.problems();
  const about = { policy, champion: { name: champion.meta.deployName, cutOff: champion.meta.training.cutOff }, fallback, standsInFor, removed: [] as readonly string[] };
  if (policy === 'fixed' && !isForced) {
    const due = judgeDue(policy, { interval: recipe.interval, lastCutOffMs: 0, newestMs: 0 });
    return { ...about, status: 'not-due', due, challenger: null, judgement: null, declinesInARow: declinesInARow(await registry.history()), notes: problems };
  }
  const wanted = chooseRecipe(recipe, { ...request.changes, ...(request.changes.candidates === undefined ? {} : { candidates: parseCandidates(request.changes.candidates.join(',')).map(({ name }) => name) }) });
  const file = champion.meta.data.file;
  const bars = await loadRecipeBars({ recipe: wanted, data: request.data, file }, context);
  const due = await judgeDueNow(request, registry, champion.meta, bars.markets);
  if (!due.isDue && !isForced) return { ...about, status: 'not-due', due, challenger: null, judgement: null, declinesInARow: declinesInARow(await registry.history()), notes: problems };
  const work = async (checkLock: () => void): Promise<RetrainOutcome> => {
    const notes = [...problems, ...bars.warnings, ...checkBars(bars.markets, champion.meta)];
    const { name, isPublished } = await challengerName(registry, { recipe: wanted, bars, version: request.code.versions.forecastlab });
    const cutOff = new Date(newestOf(bars.markets)).toISOString();
    const history = await registry.history();
    const common = { ...about, due, notes, challenger: { name, cutOff, isTrained: false }, judgement: null, declinesInARow: declinesInARow(history) };
    const key = { challenger: name, champion: champion.meta.deployName, championSha256: champion.sha256, margin: request.margin, gateRows: request.gateRows };
    if (isPublished && (await wasJudgedBefore({ store, registry, history, activeName, isForced, key }))) return { ...common, status: 'judged-before' };
    if (isDryRun) return { ...common, status: 'would-retrain' };
    const { challenger, isTrained } = await obtain({ ...request, registry, wanted, bars, name, isPublished, checkLock });
    const championSide = { bundle: champion, recipe, modelKind: await loadClassifierKind(recipe.modelKind), bars: await championBars({ recipe, wanted, bars, data: request.data, file }, context) };
    const judgement = await judge({ ...request, policy: isForced && !due.isDue ? 'by hand' : policy, notes, challenger: { bundle: challenger, recipe: wanted, modelKind: await loadClassifierKind(wanted.modelKind), bars }, champion: championSide, progress: context.progress, signal: context.signal });
    checkLock();
    context.signal.throwIfAborted();
    const decided = { why: judgement.why, nowMs: context.nowMs() };
    if (judgement.decision === 'activate') await registry.activate(name, { ...decided, onlyIfActive: activeName });
    else await registry.decline(name, decided);
    const { removed, problem } = request.keep === undefined ? { removed: [], problem: null } : await pruneChallengers(store, registry, { keep: request.keep, checkLock });
    return { ...common, status: judgement.decision === 'activate' ? 'activated' : 'declined', challenger: { name, cutOff, isTrained }, judgement, declinesInARow: declinesInARow(await registry.history()), removed, notes: problem === null ? notes : [...notes, problem] };
  };
  if (isDryRun) return work(() => undefined);
  return store.withLock(LOCK_PATH, { ...LOCK, ...request.lock }, ({ signal }) => work(() => signal.throwIfAborted()));
}

/** The bundle that answers now, and the name of the one that is meant to. */
async function findChampion(registry: ModelRegistry, store: ArtifactStore): Promise<{ readonly bundle: Bundle; readonly fallback: string | null; readonly standsInFor: string | null; readonly activeName: string }> {
  const usable = await registry.loadUsable();
  const pointer = await registry.current();
  if (usable === undefined || pointer === undefined) {
    throw new ForecastLabError('BAD_OPTION', `No bundle is active under ${store.describe()}: there is no recipe to retrain by.`, { hint: 'Make the first one with forecastlab-train bundle --activate.' });
  }
  return { bundle: usable.bundle, fallback: usable.fallback?.reason ?? null, standsInFor: usable.fallback?.name ?? null, activeName: pointer.deploy_name };
}

/** Due by the bars that there should be by now. Throws TEMPORARY when it is due and they are not stored. */
async function judgeDueNow({ policy, data, context, isForced = false }: RetrainRequest, registry: ModelRegistry, champion: BundleMeta, markets: readonly BundleMarket[]): Promise<Due> {
  const interval = parseInterval(champion.interval);
  const newestMs = Math.min(...markets.map((market) => newestOf([market])));
  // files are what they are; stored bars should reach to the newest that has closed
  const expectedMs = data === undefined ? startOfInterval(interval, startOfInterval(interval, context.nowMs()) - 1) : newestMs;
  const isOfMarket = (meta: BundleMeta): boolean => meta.symbol === champion.symbol && meta.interval === champion.interval && meta.symbols?.length === champion.symbols?.length;
  const history = await registry.history();
  const seen = policy === 'fixed' ? newestMs : await lastCutOffMs(registry, { history, activeCutOffMs: Date.parse(champion.training.cutOff), intervalMs: interval.ms, isOfMarket });
  const asked = judgeDue(policy, { interval: champion.interval, lastCutOffMs: seen, newestMs: Math.max(newestMs, expectedMs) });
  const due = policy === 'fixed' ? asked : holdAfterRollback(asked, { history, interval: champion.interval, newestMs: Math.max(newestMs, expectedMs) });
  if ((!due.isDue && !isForced) || newestMs >= expectedMs) return due;
  throw lateBars(`${due.isDue ? due.reason : 'A challenger was asked for.'}`, markets, { expectedMs, interval: champion.interval });
}

interface ObtainRequest extends RetrainRequest {
  readonly registry: ModelRegistry;
  readonly wanted: Recipe;
  readonly bars: LoadedRecipeBars;
  readonly name: string;
  readonly isPublished: boolean;
  readonly checkLock: () => void;
}

/** The challenger as published; trained when it is not there, or is damaged: publishing the same bundle mends it. */
async function obtain({ registry, wanted, bars, name, isPublished, checkLock, store, code, context }: ObtainRequest): Promise<{ readonly challenger: Bundle; readonly isTrained: boolean }> {
  if (isPublished) {
    try {
      const challenger = await registry.verify(name);
      context.log(`${name} is published already: it is judged as it is.`);
      return { challenger, isTrained: false };
    } catch (error) {
      if (!isForecastLabError(error) || error.code !== 'CORRUPT') throw error;
      context.log(`${name} is damaged and is made again: ${error.message}`);
    }
  }
  const files = await trainChallenger({ store, registry, recipe: wanted, bars, name, code, createdAtMs: context.nowMs(), context });
  checkLock();
  await markBegun(store, name, context.nowMs());
  await registry.publish(files, name);
  return { challenger: await registry.verify(name), isTrained: true };
}

/** The champion's features may follow another leader, or need other columns. */
async function championBars({ recipe, wanted, bars, data, file }: { readonly recipe: Recipe; readonly wanted: Recipe; readonly bars: LoadedRecipeBars; readonly data: readonly string[] | undefined; readonly file: string | null }, context: Parameters<typeof loadMarkets>[1]): Promise<LoadedRecipeBars> {
  return recipe.leader === wanted.leader ? bars : loadRecipeBars({ recipe, data, file }, { ...context, log: () => undefined });
}

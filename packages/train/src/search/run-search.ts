// A search from bars to a run's folder: plan, fit every fold, test all candidates together, write the files.
// Interrupted at any point it goes on from the last finished unit and ends with the same bytes.
import { ForecastLabError, isShuffledFold } from '@forecastlab/core';
import { formatSearchHtml } from '../report/format-search-html.js';
import { formatSearchMarkdown } from '../report/format-search-markdown.js';
import { withResumeHint, withRunLock } from '../runs/run-lock.js';
import { checkModelOptions } from './check-model-options.js';
import type { SearchUnit, UnitResult } from './fit-unit.js';
import { planSearch, type SearchGroup, type SearchPlan } from './plan-search.js';
import { readFinishedRun } from './read-finished-run.js';
import { resolveSettings, type SearchSettings } from './resolve-settings.js';
import { candidateFiles, foldRangesFile, resultsFile } from './run-files.js';
import { enterRun, type RunPaths, runPaths } from './run-folder.js';
import { countEarlierTrials, runMeta, type RunMeta } from './run-meta.js';
import { runUnits } from './run-units.js';
import type { SearchReport } from './search-report.js';
import type { SearchRequest } from './search-request.js';
import { summarizeSearch } from './summarize-search.js';
import { recordTrials } from '../trials/record-trials.js';
import { searchTrials } from '../trials/read-trials.js';
import { findUnits, keepUnit } from './unit-store.js';

export interface SearchOutcome {
  readonly report: SearchReport;
  /** 'unchanged': the run was done before; nothing was computed or written. */
  readonly status: 'done' | 'resumed' | 'unchanged';
  /** The run's folder, for people. */
  readonly folder: string;
  /** Fits of this call, and those taken over from before an interruption. */
  readonly fits: { readonly done: number; readonly kept: number };
}

/**
 * Runs a search, or goes on with one.
 * @throws BAD_OPTION for options that are none, BAD_DATA when no candidate has a fold, CONFLICT when the run's name is
 * taken or it was begun and `isResumed` is false, TEMPORARY when another process works on it, INTERRUPTED on `signal`
 */
export async function runSearch(request: SearchRequest): Promise<SearchOutcome> {
  const { market, candidates, store, run } = request;
  const settings = resolveSettings(request);
  const paths = runPaths(run);
  await checkModelOptions(request);
  const plan = planSearch(market.klines, candidates, settings, { leader: request.leader?.klines });
  if (plan.groups.length === 0) throw new ForecastLabError('BAD_DATA', `No candidate has a fold. ${plan.failures[0].message}`, { hint: plan.failures[0].hint ?? '' });
  return withRunLock(request, paths.lock, async (isLockLost) => {
    const earlier = await countEarlierTrials(store, run, market, settings, candidates, request.log);
    const meta = runMeta(run, market, settings, candidates, plan, request.code, earlier);
    const state = await enterRun(store, run, jsonBytes(meta), { isResumed: request.isResumed ?? false });
    const folder = store.describe(paths.folder);
    if (state === 'done') {
      await store.remove(paths.work);
      return { report: await readFinishedRun(store, run), status: 'unchanged', folder, fits: { done: 0, kept: 0 } };
    }
    await store.sweep(paths.folder);
    const { results, fits } = await withResumeHint(run, () => computeUnits(request, settings, plan.groups, { paths, meta }));
    isLockLost.throwIfAborted();
    const report = await finishRun(request, meta, plan, results, paths);
    return { report, status: state === 'new' ? 'done' : 'resumed', folder, fits };
  });
}

async function computeUnits(request: SearchRequest, settings: SearchSettings, groups: readonly SearchGroup[], { paths, meta }: { readonly paths: RunPaths; readonly meta: RunMeta }): Promise<{ readonly results: ReadonlyMap<SearchUnit, UnitResult>; readonly fits: SearchOutcome['fits'] }> {
  const { store, progress, signal, threads = 1 } = request;
  const units = unitsOf(groups, settings.shuffledFolds);
  const results = new Map<SearchUnit, UnitResult>(await findUnits(store, paths.work, groups, units));
  const open = units.filter((unit) => !results.has(unit));
  const fitsOf = ({ group, isShuffledToo }: SearchUnit): number => groups[group].candidates.length * (isShuffledToo ? 2 : 1);
  const count = (some: readonly SearchUnit[]): number => some.reduce((sum, unit) => sum + fitsOf(unit), 0);
  const kept = count([...results.keys()]);
  if (kept > 0) request.log?.(`${kept} of ${kept + count(open)} fits were done before.`);
  let recorded: Promise<void> | undefined;
  const task = progress?.task('Search', count(open), 'fits');
  try {
    await runUnits({
      groups,
      units: open,
      model: {
        modelKind: request.modelKind,
        fitOptions: { ...(request.params === undefined ? {} : { params: request.params }), ...(request.classWeights === undefined ? {} : { classWeights: request.classWeights }) },
        calibration: settings.calibration,
        sampleWeighting: settings.sampleWeights,
        seed: settings.seed,
      },
      separation: { isPurged: settings.isPurged, embargoBars: settings.embargo },
      threads,
      signal,
      onResult: async (result, unit) => {
        // before there is anything to look at; a search that fails from the first fit to the last has tried nothing
        if (result.some((outcome) => !('message' in outcome))) await (recorded ??= recordSearch(request, meta));
        await keepUnit(store, paths.work, groups[unit.group], unit, result);
        results.set(unit, result);
        task?.advance(fitsOf(unit));
      },
    });
  } finally {
    task?.end();
  }
  return { results, fits: { done: count(open), kept } };
}

async function recordSearch({ store, log }: SearchRequest, meta: RunMeta): Promise<void> {
  const trials = searchTrials({ ...meta, options: { ...meta.options }, candidates: [...meta.candidates] });
  if (trials.length > 0) await recordTrials(store, { ...trials[0], candidates: trials.map(({ candidate }) => candidate) }, log);
}

/** The longest first, so that no thread is left with a long one at the end. */
function unitsOf(groups: readonly SearchGroup[], shuffledFolds: number): SearchUnit[] {
  const units = groups.flatMap(({ folds }, group) => folds.map((_, fold): SearchUnit => ({ group, fold, isShuffledToo: isShuffledFold(fold, folds.length, shuffledFolds) })));
  const size = ({ group, fold }: SearchUnit): number => groups[group].candidates.length * (groups[group].folds[fold].trainEndIx - groups[group].folds[fold].trainStartIx);
  return units.sort((a, b) => size(b) - size(a) || a.group - b.group || b.fold - a.fold);
}

/** Writes everything, the report last: it is what makes the run a finished one. */
async function finishRun({ market, store }: SearchRequest, meta: RunMeta, plan: SearchPlan, results: ReadonlyMap<SearchUnit, UnitResult>, paths: RunPaths): Promise<SearchReport> {
  const { report, evaluations } = summarizeSearch(meta, plan.groups, results, { close: market.klines.close, planFailures: plan.failures, warnings: market.warnings });
  if (report.candidates.length === 0) {
    const { candidate, message, hint } = report.failures[0];
    // nothing came of it: the name is free again
    await store.remove(paths.work);
    await store.remove(paths.meta);
    throw new ForecastLabError('FAILED', `Every candidate failed. ${candidate}: ${message}`, hint === null ? {} : { hint });
  }
  for (const [place, evaluation] of evaluations.entries()) {
    for (const [name, bytes] of candidateFiles(evaluation, report.candidates[place])) await store.replace(paths.file(name), bytes);
  }
  await store.replace(paths.file('fold_ranges.csv'), foldRangesFile(plan.groups));
  await store.replace(paths.file('reversal_param_search_wf_results.csv'), resultsFile(report));
  await store.replace(paths.file('report.md'), new TextEncoder().encode(formatSearchMarkdown(report)));
  await store.replace(paths.file('report.html'), new TextEncoder().encode(formatSearchHtml(report)));
  // the folder may have been cleared meanwhile, and a run without its meta.json is none
  await store.replace(paths.meta, jsonBytes(meta));
  await store.replace(paths.report, jsonBytes(report));
  await store.remove(paths.work);
  return report;
}

function jsonBytes(document: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

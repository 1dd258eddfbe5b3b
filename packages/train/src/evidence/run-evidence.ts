// Evidence from bars to a run's folder: plan, fit every fold of every candidate, analyze all of them together, write the files.
// Interrupted at any point it goes on from the last finished fit and ends with the same bytes.
import { consistentRecords, type ForecastRecord, ForecastLabError, studySignals } from '@forecastlab/core';
import { withResumeHint, withRunLock } from '../runs/run-lock.js';
import { checkModelOptions } from '../search/check-model-options.js';
import { enterRun, evidencePaths, type RunPaths } from '../search/run-folder.js';
import { recordTrials } from '../trials/record-trials.js';
import { type EvidenceMeta, evidenceMeta, evidenceTrials } from './evidence-meta.js';
import { buildEvidenceReport, type EvidenceReport } from './evidence-report.js';
import type { EvidenceSection } from './evidence-section.js';
import type { EvidenceRequest } from './evidence-request.js';
import { type FittedEntries, fitEntries } from './fit-entries.js';
import { formatEvidenceHtml } from './format-evidence-html.js';
import { formatEvidenceMarkdown } from './format-evidence-markdown.js';
import { joinRecords } from './join-records.js';
import { type EvidencePlan, planEvidence } from './plan-evidence.js';
import { predictionsFile } from './predictions-file.js';
import { readFinishedEvidence } from './read-finished-evidence.js';
import { repeatEvidenceCommand } from './repeat-evidence-command.js';
import { signalsSection } from './signals-section.js';

export interface EvidenceOutcome {
  readonly report: EvidenceReport;
  /** 'unchanged': the run was done before; nothing was computed or written. */
  readonly status: 'done' | 'resumed' | 'unchanged';
  /** The run's folder, for people. */
  readonly folder: string;
  /** Fits of this call, and those taken over from before an interruption. */
  readonly fits: FittedEntries['fits'];
}

/**
 * Runs evidence, or goes on with a run.
 * @throws BAD_OPTION for options or markets that do not go together, BAD_DATA when no candidate has a fold, FAILED when every candidate
 * fails, CONFLICT when the run's name is taken or it was begun and `isResumed` is false, TEMPORARY when another process works on it,
 * INTERRUPTED on `signal`
 */
export async function runEvidence(request: EvidenceRequest): Promise<EvidenceOutcome> {
  const { store, run, model, alone, seed, isResumed = false, log } = request;
  const paths = evidencePaths(run);
  for (const each of alone === undefined ? [model] : [model, alone]) await checkModelOptions({ modelKind: each.modelKind, featureSet: request.featureSet, seed, ...(each.params === undefined ? {} : { params: each.params }) });
  const plan = planEvidence(request);
  for (const warning of plan.warnings) log?.(`warning: ${warning}`);
  if (plan.entries.length === 0) throw new ForecastLabError('BAD_DATA', `No candidate has a fold. ${plan.failures[0].message}`, plan.failures[0].hint === null ? {} : { hint: plan.failures[0].hint });
  return withRunLock(request, paths.lock, async (isLockLost) => {
    const meta = await evidenceMeta(request, plan.featureNames);
    const state = await enterRun(store, run, jsonBytes(meta), { isResumed, paths });
    const folder = store.describe(paths.folder);
    if (state === 'done') {
      await store.remove(paths.work);
      return { report: await readFinishedEvidence(store, run), status: 'unchanged', folder, fits: { done: 0, kept: 0 } };
    }
    await store.sweep(paths.folder);
    const fitted = await withResumeHint(run, () => fitEntries(request, plan.entries, { work: paths.work, onFirstSuccess: () => recordTrials(store, evidenceTrials(request, meta.options), log) }));
    isLockLost.throwIfAborted();
    const report = await finishRun(request, meta, plan, fitted, paths);
    return { report, status: state === 'new' ? 'done' : 'resumed', folder, fits: fitted.fits };
  });
}

/** Writes everything, evidence.json last: it is what makes the run a finished one. */
async function finishRun(request: EvidenceRequest, meta: EvidenceMeta, plan: EvidencePlan, fitted: FittedEntries, paths: RunPaths): Promise<EvidenceReport> {
  const { store } = request;
  const failures = [...plan.failures, ...fitted.failures].map(({ candidate, symbol, ...why }) => ({ candidate: symbol === null ? candidate : `${candidate} on ${symbol} alone`, ...why }));
  const records = recordsOf(plan, fitted, null);
  if (records.length === 0) {
    const [{ candidate, message, hint }] = failures;
    // nothing came of it: the name is free again
    await store.remove(paths.work);
    await store.remove(paths.meta);
    throw new ForecastLabError('FAILED', `Every candidate failed. ${candidate}: ${message}`, hint === null ? {} : { hint });
  }
  const alone = meta.options.alone === null ? [] : meta.markets.map(({ symbol }) => ({ symbol, records: recordsOf(plan, fitted, symbol) })).filter((market) => market.records.length > 0);
  const report = buildReport(request, meta, plan, { records, alone, failures });
  for (const record of records) {
    const single = alone.flatMap((market) => market.records).filter(({ candidate }) => candidate === record.candidate);
    await store.replace(paths.file(`${record.candidate}/predictions.csv`), predictionsFile([record]));
    if (single.length > 0) await store.replace(paths.file(`${record.candidate}/predictions_alone.csv`), predictionsFile(single));
  }
  const sections = sectionsOf(request, records, report);
  await store.replace(paths.file('report.md'), new TextEncoder().encode(formatEvidenceMarkdown(report, { sections })));
  await store.replace(paths.file('report.html'), new TextEncoder().encode(formatEvidenceHtml(report, { sections })));
  // the folder may have been cleared meanwhile, and a run without its meta.json is none
  await store.replace(paths.meta, jsonBytes(meta));
  await store.replace(paths.report, jsonBytes(report));
  await store.remove(paths.work);
  return report;
}

/** Of the models on all markets together (null), or on one alone. */
function recordsOf({ entries }: EvidencePlan, { records }: FittedEntries, symbol: string | null): readonly ForecastRecord[] {
  return records.flatMap((record, entry) => (record === null || entries[entry].alone !== symbol ? [] : [record]));
}

interface Findings {
  readonly records: readonly ForecastRecord[];
  readonly alone: readonly { readonly symbol: string; readonly records: readonly ForecastRecord[] }[];
  readonly failures: EvidenceReport['failures'];
}

function buildReport({ markets }: EvidenceRequest, meta: EvidenceMeta, plan: EvidencePlan, { records, alone, failures }: Findings): EvidenceReport {
  const { model, leader, firstTestMs, alone: aloneModel, ...options } = meta.options;
  const singles = records.flatMap(({ candidate }) => {
    const own = alone.flatMap((market) => market.records).filter((record) => record.candidate === candidate);
    return own.length === 0 ? [] : [joinRecords(own)];
  });
  return buildEvidenceReport({
    run: meta.run,
    interval: meta.interval,
    markets: meta.markets,
    leader: leader === null ? null : (leader.symbol ?? leader.file),
    options: { ...model, ...options, firstTest: firstTestMs === null ? null : new Date(firstTestMs).toISOString(), alone: aloneModel === null ? null : (aloneModel.preset ?? aloneModel.kind) },
    command: repeatEvidenceCommand(meta),
    warnings: [...markets.flatMap(({ symbol, warnings }) => warnings.map((warning) => `${symbol}: ${warning}`)), ...plan.warnings],
    failures,
    forecastlab: meta.forecastlab,
    gitCommit: meta.gitCommit,
    records,
    alone,
    ablations: [
      ...(singles.length === 0 ? [] : [{ name: 'each market alone', note: 'a model for each market, fitted on its own rows', records: singles }]),
      ...(records.length < 2 ? [] : [{ name: 'answers made to agree', note: 'a smaller barrier or a longer horizon is never less likely to be touched', records: consistentRecords(records) }]),
    ],
    otherTrials: { byRun: meta.earlierTrials, total: meta.earlierTrials.reduce((sum, { candidates }) => sum + candidates, 0) },
  });
}

/** The study of what signals would have been worth, unless it is not wanted. */
function sectionsOf({ markets, seed, hasSignals = true }: EvidenceRequest, records: readonly ForecastRecord[], { trials }: EvidenceReport): readonly EvidenceSection[] {
  const closes = new Map(markets.map(({ symbol, klines }) => [symbol, klines]));
  const studies = hasSignals ? records.map((record) => studySignals(record, closes, { seed, otherTrials: trials.total - 1 })) : [];
  return [signalsSection(studies)].filter((section) => section !== null);
}

function jsonBytes(document: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

// What an evidence run found: the one document from which the screen, report.md, report.html and report.json are made.
import { ablationSkill, type AblationSkill, analyzeTogether, type Evidence, type ForecastRecord } from '@forecastlab/core';
import type { TrialsCounted } from '../trials/count-trials.js';
import { evidenceHeadline } from './evidence-words.js';

/** The bars of one market. */
export interface EvidenceMarket {
  readonly symbol: string;
  readonly source: string;
  readonly isSynthetic: boolean;
  /** Name without folders. */
  readonly file: string;
  readonly fingerprint: string;
  readonly bars: number;
  /** Open time of the first and last bar, UTC ms. */
  readonly firstOpenMs: number;
  readonly lastOpenMs: number;
}

/** Another model over the same rows: the same without one ingredient, other features, another preset. */
export interface Ablation {
  readonly name: string;
  /** What differs, in words; null when the name says it. */
  readonly note: string | null;
  /** One for each candidate of which there is a record. */
  readonly lines: readonly AblationSkill[];
}

/** All that was asked, in the caller's words; JSON-safe. */
export interface EvidenceRun {
  readonly run: string;
  /** Such as `1d`. */
  readonly interval: string;
  readonly markets: readonly EvidenceMarket[];
  /** The market whose moves features of the others use; null without. */
  readonly leader: string | null;
  /** Every option as used, by its name on the command line. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The command that does it again. */
  readonly command: string;
  readonly warnings: readonly string[];
  readonly failures: readonly { readonly candidate: string; readonly message: string; readonly hint: string | null }[];
  readonly forecastlab: string;
  readonly gitCommit: string | null;
}

export interface EvidenceReportInput extends EvidenceRun {
  /** Of models fitted on all markets together; candidates in the order of the report. */
  readonly records: readonly ForecastRecord[];
  /** Of models fitted on one market each. */
  readonly alone?: readonly { readonly symbol: string; readonly records: readonly ForecastRecord[] }[];
  readonly ablations?: readonly { readonly name: string; readonly note?: string | null; readonly records: readonly ForecastRecord[] }[];
  /** Tried on these markets by other runs, as countOtherTrials gives it. */
  readonly otherTrials: TrialsCounted;
}

/** JSON-safe, and the same for the same records and options. */
export interface EvidenceReport extends EvidenceRun {
  readonly schema: 'forecastlab.evidence/1';
  /** Candidates of this run and distinct trials of others: the adjusted p-values allow for all of them. */
  readonly trials: { readonly here: number; readonly earlier: TrialsCounted['byRun']; readonly total: number };
  /** One per candidate, of models fitted on all markets. */
  readonly pooled: readonly Evidence[];
  /** Of models fitted on one market; empty when not asked for. Their p-values allow for each other and for the pooled candidates too. */
  readonly alone: readonly { readonly symbol: string; readonly evidence: readonly Evidence[] }[];
  readonly ablations: readonly Ablation[];
  readonly verdict: {
    readonly hasSkill: boolean;
    /** Names of the candidates with skill. */
    readonly skilled: readonly string[];
    readonly headline: string;
    readonly sentences: readonly string[];
  };
}

/**
 * Analyzes the records and puts everything together. Throws BAD_DATA for a record that contradicts itself, BAD_OPTION on options.
 * @example const report = buildEvidenceReport({ ...run, records, otherTrials })
 */
export function buildEvidenceReport({ records, alone = [], ablations = [], otherTrials, ...run }: EvidenceReportInput): EvidenceReport {
  const pooled = analyzeTogether(records, { otherTrials: otherTrials.total });
  const single = analyzeTogether(alone.flatMap((market) => market.records), { otherTrials: otherTrials.total + records.length });
  let taken = 0;
  const report: Omit<EvidenceReport, 'verdict'> = {
    schema: 'forecastlab.evidence/1',
    ...run,
    trials: { here: records.length, earlier: otherTrials.byRun, total: records.length + otherTrials.total },
    pooled,
    alone: alone.map((market) => ({ symbol: market.symbol, evidence: single.slice(taken, (taken += market.records.length)) })),
    ablations: ablations.map(({ name, note = null, records: others }) => ({
      name,
      note,
      lines: records.flatMap((record) => others.filter(({ candidate }) => candidate === record.candidate).map((other) => ablationSkill(record, other))),
    })),
  };
  const skilled = pooled.filter(({ verdict }) => verdict.hasSkill).map(({ candidate }) => candidate);
  return { ...report, verdict: { hasSkill: skilled.length > 0, skilled, ...evidenceHeadline(report) } };
}

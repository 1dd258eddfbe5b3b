// Checks the stored klines of a market: the bars themselves, and whether they are those that the manifest was written for.
import { checkKlines } from '../../klines/check-klines.js';
import { explainFindings, type FindingExplanation } from '../../klines/explain-findings.js';
import { takeKlines } from '../../klines/klines.js';
import type { QualityReport } from '../../klines/quality-report.js';
import { orderRows } from '../../klines/row-order.js';
import { changedMonths } from './changed-months.js';
import { isClosedByExchange } from './closed-by-exchange.js';
import { confirmFindings } from './confirm-findings.js';
import type { ArchiveRecord, ConfirmedBars, KlinesManifest, ManifestGap, RestatedBar, SourceSpan } from './klines-manifest.js';
import { type ManifestMismatch, manifestMismatches } from './manifest-mismatches.js';
import { planRepair, type RepairPlan } from './plan-repair.js';
import type { Market } from './raw-klines-path.js';
import type { StoredKlines } from './stored-klines.js';

/** Stored bars against their manifest. */
export interface ManifestCheck {
  /** False when the bytes are others than those that were stored. */
  readonly isUnchanged: boolean;
  /** Months, `YYYY-MM`, whose bars are others than those that were stored. */
  readonly changedMonths: readonly string[];
  /** Fields of the manifest that fit neither the bars nor the market: it was edited, or belongs to another file. */
  readonly mismatches: readonly ManifestMismatch[];
  /** Gaps for which the exchange was asked and has no bars: nothing is to be repaired. */
  readonly confirmedGaps: readonly ManifestGap[];
  readonly unexplainedGaps: readonly ManifestGap[];
  /** Odd bars that the exchange gave in just this way when it was asked again. */
  readonly confirmedBars: readonly ConfirmedBars[];
  /** Bars whose values the source changed after they were stored. */
  readonly restated: readonly RestatedBar[];
  /** Archives of the exchange that could not be taken; their bars came from its API. */
  readonly refusedArchives: readonly ArchiveRecord[];
  /** Which bars came from where. */
  readonly sources: readonly SourceSpan[];
}

/** All that is known about stored klines. */
export interface StoredKlinesCheck {
  readonly report: QualityReport;
  readonly explanations: readonly FindingExplanation[];
  /** Undefined when there is no manifest: the klines were put there by hand. */
  readonly manifest: ManifestCheck | undefined;
  /** What a repair would do. */
  readonly repair: RepairPlan;
  /** True when the bars are usable and, where there is a manifest, it fits and they are those that were stored. */
  readonly isSound: boolean;
}

/**
 * Checks stored klines, changing nothing.
 * @param stored as readStoredKlines gives them
 */
export function checkStoredKlines(
  stored: Pick<StoredKlines, 'parsed' | 'manifest' | 'isVouchedFor'>,
  options: {
    /** UTC ms: bars that close later should not be stored. Not asked about bars that the exchange's clock had closed. */
    readonly nowMs: number;
    /** Whose klines they should be. Default: the manifest is believed. */
    readonly market?: Market;
  },
): StoredKlinesCheck {
  const { klines, intervalMs, firstRow } = stored.parsed;
  const report = checkKlines(klines, { intervalMs, serverTimeMs: isClosedByExchange(stored.manifest, stored.isVouchedFor) ? undefined : options.nowMs });
  const manifest = stored.manifest === undefined ? undefined : compare(stored, stored.manifest, report, options.market);
  return {
    report,
    explanations: explainFindings(report, { klines, firstRow }),
    manifest,
    repair: planRepair({ klines, intervalMs, nowMs: options.nowMs, manifest: stored.manifest, isVouchedFor: stored.isVouchedFor, report }),
    isSound: report.usable && (manifest === undefined || (manifest.changedMonths.length === 0 && manifest.mismatches.length === 0)),
  };
}

function compare({ parsed, isVouchedFor }: Pick<StoredKlines, 'parsed' | 'isVouchedFor'>, manifest: KlinesManifest, report: QualityReport, market: Market | undefined): ManifestCheck {
  const order = orderRows(parsed.klines);
  const klines = order.isOrdered ? parsed.klines : takeKlines(parsed.klines, order.unique);
  const known = confirmFindings({ klines, intervalMs: parsed.intervalMs, fetched: [], manifest, report: order.isOrdered ? report : undefined });
  const changed = isVouchedFor ? [] : changedMonths(klines, manifest);
  return {
    isUnchanged: isVouchedFor,
    changedMonths: changed,
    mismatches: manifestMismatches(manifest, { klines: changed.length === 0 ? klines : undefined, intervalMs: parsed.intervalMs, market }),
    confirmedGaps: known.gaps.filter(({ confirmed }) => confirmed === true),
    unexplainedGaps: known.gaps.filter(({ confirmed }) => confirmed !== true),
    confirmedBars: known.confirmed ?? [],
    restated: manifest.restated,
    refusedArchives: (manifest.archives ?? []).filter(({ refused }) => refused !== undefined),
    sources: manifest.sources ?? [],
  };
}

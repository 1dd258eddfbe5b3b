// From a quality report to explanations: what was found and where, what it means for labels and features, and the way out.
import type { Finding } from './finding.js';
import { FINDING_LABELS, type FindingKind } from './finding-kind.js';
import { findingText, type Severity } from './finding-texts.js';
import type { Klines } from './klines.js';
import type { QualityReport } from './quality-report.js';

/** One kind of finding that a report has, explained. */
export interface FindingExplanation {
  readonly kind: FindingKind;
  /** Its name in the report's table. */
  readonly label: string;
  /** How many bars or rows; 1 for findings on the file as a whole. */
  readonly count: number;
  /** The first few bars; none for findings on the file as a whole and for gaps, whose bars are not there (report.gaps has their times). */
  readonly rows: readonly {
    /** Row in the file, 1-based. */
    readonly row: number;
    readonly openTimeMs: number;
  }[];
  readonly severity: Severity;
  /** What was found. */
  readonly what: string;
  /** Why it happens, and what it does to labels and features. */
  readonly meaning: string;
  /** The way out. */
  readonly remedy: string;
}

// More rows than fit on a line or two help nobody.
const ROWS_SHOWN = 6;
const NOTHING: Finding = { count: 0, rows: [] };
const SEVERITIES: readonly Severity[] = ['unusable', 'warning', 'note'];

/** Explains every kind of finding that the report has; what makes the bars unusable first. */
export function explainFindings(
  report: QualityReport,
  options: {
    /** The klines that the report is about: rows are shown with their open times. */
    readonly klines: Klines;
    /** Row in the file of the first bar (ParsedKlines.firstRow). Default 1. */
    readonly firstRow?: number;
  },
): FindingExplanation[] {
  const { klines, firstRow = 1 } = options;
  const explanations: FindingExplanation[] = [];
  for (const kind of Object.keys(FINDING_LABELS) as FindingKind[]) {
    const { count, rows } = findingOfKind(report, kind, klines);
    if (count === 0) continue;
    const { severity, what, meaning, remedy } = findingText(kind, report);
    const shown = rows.slice(0, ROWS_SHOWN).map((row) => ({ row: row + firstRow, openTimeMs: klines.openTimeMs[row] }));
    explanations.push({ kind, label: FINDING_LABELS[kind], count, rows: shown, severity, what: what(count, report), meaning, remedy });
  }
  return SEVERITIES.flatMap((severity) => explanations.filter((explanation) => explanation.severity === severity));
}

function findingOfKind(report: QualityReport, kind: FindingKind, klines: Klines): Finding {
  const whole = (isFound: boolean): Finding => ({ count: isFound ? 1 : 0, rows: [] });
  switch (kind) {
    case 'noBars':
      return whole(report.rows === 0);
    case 'unknownInterval':
      return whole(report.rows > 0 && report.interval === '');
    case 'noOrderFlow':
      return whole(report.rows > 0 && !report.hasOrderFlow);
    case 'gridOffset':
      return whole(report.gridOffsetMs !== 0);
    case 'gaps':
      return { count: report.missingBars, rows: [] };
    case 'lastBar':
      return report.lastBar.unfinished ? { count: 1, rows: [klines.openTimeMs.lastIndexOf(report.lastOpenMs)] } : NOTHING;
    default:
      return report[kind];
  }
}

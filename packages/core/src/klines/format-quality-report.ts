// The quality report as text for a terminal or a log.
import type { Finding } from './finding.js';
import { FINDING_LABELS, type FindingKind } from './finding-kind.js';
import type { FindingExplanation } from './explain-findings.js';
import { formatExplanations } from './format-explanations.js';
import type { QualityReport } from './quality-report.js';

// More rows than fit on a line help nobody.
const ROWS_SHOWN = 6;
const GAPS_SHOWN = 10;
const ROW_FINDINGS = ['duplicates', 'restated', 'outOfOrder', 'offGrid', 'shortBars', 'longBars', 'contradictions', 'takerAboveVolume', 'quoteMismatch', 'missingFlow', 'zeroVolume', 'frozenBars', 'openBars'] as const satisfies readonly FindingKind[];

/** A readable report. Ends without a line break. */
export function formatQualityReport(
  report: QualityReport,
  options: {
    /** Name of the file, for the first line. */
    readonly fileName?: string;
    /** Row in the file of the first bar (ParsedKlines.firstRow). Default 1. */
    readonly firstRow?: number;
    /** Of explainFindings, printed below the table. Default: none. */
    readonly explanations?: readonly FindingExplanation[];
  } = {},
): string {
  const firstRow = options.firstRow ?? 1;
  const line = (what: string, finding: Finding): string[] => {
    if (finding.count === 0) return [];
    const rows = finding.rows.slice(0, ROWS_SHOWN).map((row) => row + firstRow);
    return [`  ${what.padEnd(34)}${String(finding.count).padStart(7)}   row${finding.count === 1 ? '' : 's'} ${rows.join(', ')}${finding.count > rows.length ? ', …' : ''}`];
  };
  const span = report.rows === 0 ? 'no bars' : `${report.rows} bars of ${report.interval === '' ? 'unknown length' : report.interval}, ${minute(report.firstOpenMs)} to ${minute(report.lastOpenMs)}`;
  const lines = [
    `${options.fileName === undefined ? '' : `${options.fileName}: `}${span}${report.hasOrderFlow ? '' : ', no order flow'}`,
    ...(report.gapCount === 0 ? [] : [`  ${FINDING_LABELS.gaps.padEnd(34)}${String(report.missingBars).padStart(7)}   in ${report.gapCount} gap${report.gapCount === 1 ? '' : 's'}`]),
    ...report.gaps.slice(0, GAPS_SHOWN).map((gap) => `      ${minute(gap.fromMs)} to ${minute(gap.toMs)} (${gap.missingBars})`),
    ...(report.gapCount > GAPS_SHOWN ? [`      … and ${report.gapCount - GAPS_SHOWN} more`] : []),
    ...ROW_FINDINGS.flatMap((kind) => line(FINDING_LABELS[kind], report[kind])),
    ...(report.lastBar.unfinished ? [`  the last bar looks unfinished: ${report.lastBar.reasons.join('; ')}`] : []),
  ];
  if (lines.length === 1) lines.push('  nothing missing, repeated or contradictory');
  lines.push(report.usable ? '  usable' : `  NOT usable: ${report.reasons.join('; ')}`);
  const explained = formatExplanations(options.explanations ?? []);
  return [...lines, ...(explained === '' ? [] : ['', explained])].join('\n');
}

function minute(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

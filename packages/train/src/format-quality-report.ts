// The quality report of a kline file, for people: what was found, in which rows of the file, and whether it can be used.
import type { Finding, ParsedKlines, QualityReport } from '@forecastlab/core';
import { formatTable } from '@forecastlab/core/node';

/** How many rows or gaps of one kind are named. */
const SHOWN = 5;

type FindingName = { [name in keyof QualityReport]: QualityReport[name] extends Finding ? name : never }[keyof QualityReport];

const FINDINGS: readonly (readonly [FindingName, string])[] = [
  ['duplicates', 'whole repeats of an earlier row'],
  ['restated', 'repeated open times with other values'],
  ['outOfOrder', 'rows that open before the row above'],
  ['offGrid', 'opens off the grid of the interval'],
  ['shortBars', 'short bars (outages)'],
  ['longBars', 'bars longer than the interval'],
  ['contradictions', 'open or close outside of low and high'],
  ['takerAboveVolume', 'taker volume above volume'],
  ['quoteMismatch', 'average price outside of low and high'],
  ['missingFlow', 'empty order-flow cells'],
  ['zeroVolume', 'bars without volume'],
  ['frozenBars', 'bars that look recorded before their end'],
];

/** The report as plain text; rows are counted as in the file, header lines included. */
export function formatQualityReport(parsed: ParsedKlines, report: QualityReport): string {
  const rowsOf = (finding: Finding): string => {
    const shown = finding.rows.slice(0, SHOWN).map((row) => String(parsed.firstRow + row));
    return `${shown.join(', ')}${finding.count > shown.length ? ', …' : ''}`;
  };
  const found = FINDINGS.map(([name, text]) => ({ text, finding: report[name] as Finding })).filter(({ finding }) => finding.count > 0);
  const lines = [
    parsed.fileName,
    `${report.rows} bars of ${report.interval || 'no recognisable interval'}, ${time(report.firstOpenMs)} to ${time(report.lastOpenMs)} · ${parsed.format}, times in ${parsed.timeUnit}, ${report.hasOrderFlow ? 'with' : 'without'} order flow`,
    '',
  ];
  if (found.length > 0) {
    lines.push(formatTable(found, [{ header: 'found', value: ({ text }) => text }, { header: 'bars', value: ({ finding }) => finding.count }, { header: 'rows of the file', value: ({ finding }) => rowsOf(finding) }]), '');
  }
  if (report.gapCount > 0) {
    lines.push(`${report.gapCount} ${report.gapCount === 1 ? 'gap' : 'gaps'}, ${report.missingBars} missing bars:`);
    for (const gap of report.gaps.slice(0, SHOWN)) lines.push(`  ${time(gap.fromMs)} to ${time(gap.toMs)} (${gap.missingBars})`);
    if (report.gaps.length > SHOWN) lines.push('  …');
    lines.push('');
  }
  if (report.lastBar.unfinished) lines.push(`The last bar looks unfinished: ${report.lastBar.reasons.join('; ')}`);
  for (const warning of report.warnings) lines.push(`warning: ${warning}`);
  lines.push(report.usable ? 'usable' : `not usable: ${report.reasons.join('; ')}`);
  return lines.join('\n');
}

/** UTC, to the minute; the date alone at midnight. */
function time(ms: number): string {
  if (!Number.isFinite(ms)) return '-';
  const text = new Date(ms).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 16)}Z`;
}

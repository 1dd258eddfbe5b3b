// Explanations of findings as text for a terminal, readable in 100 columns.
import { wrapWords } from '../text/wrap-words.js';
import type { FindingExplanation } from './explain-findings.js';

const COLUMNS = 98;
/** A blank at which no line is broken: a row stays with its time. */
const TOGETHER = '\u00a0';

/** One paragraph per finding: what was found and where, what it means, what to do. Empty without findings. */
export function formatExplanations(explanations: readonly FindingExplanation[]): string {
  return explanations.map(formatOne).join('\n\n');
}

function formatOne({ label, severity, count, rows, what, meaning, remedy }: FindingExplanation): string {
  const places = rows.map(({ row, openTimeMs }) => `row ${row} (${minute(openTimeMs)})`.replaceAll(' ', TOGETHER)).join(', ');
  const lines = [
    `${label.charAt(0).toUpperCase()}${label.slice(1)} (${severity})`,
    indented(what),
    ...(places === '' ? [] : [indented(`Where: ${places}${count > rows.length ? ', …' : ''}`)]),
    indented(`Why: ${meaning}`),
    indented(`What to do: ${remedy}`),
  ];
  return lines.join('\n');
}

const indented = (text: string): string => `  ${wrapWords(text, COLUMNS, '  ').replaceAll(TOGETHER, ' ')}`;

/** As `2018-02-08 00:00Z`; seconds where there are any, as in bars off the grid and bars of seconds. */
function minute(timeMs: number): string {
  const text = new Date(timeMs).toISOString();
  return `${text.slice(0, text.endsWith(':00.000Z') ? 16 : 19).replace('T', ' ')}Z`;
}

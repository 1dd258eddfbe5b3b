// How the search was done, how to repeat it, and what its words mean.
import type { SearchReport } from '../../search/search-report.js';
import { definitions } from '../definitions.js';
import { describeOptions } from '../describe-options.js';
import { baselinesOf } from '../describe-search.js';
import { repeatCommand } from '../repeat-command.js';
import { html, type Html } from './html.js';

/** Options and the command line. */
export function howSection(report: SearchReport): Html {
  const { market } = report;
  const rows: readonly (readonly [string, string])[] = [['Data', `${market.file}, source ${market.source}`], ['Fingerprint of the bars', market.fingerprint], ...describeOptions(report)];
  // The command's line breaks are its own; each line is escaped.
  const lines = repeatCommand(report).split('\n').map((line, i) => [i === 0 ? '' : LINE_BREAK, line]);
  return html`<div class="card">
    <div class="table-scroll" tabindex="0" role="region" aria-label="Options"><table class="narrow options"><caption class="visually-hidden">Options of the search</caption><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div>
    <h3>To repeat it, with the file of the same fingerprint at hand</h3>
    <pre class="command" tabindex="0"><code>${lines}</code></pre>
  </div>`;
}

const LINE_BREAK: Html = { markup: '\n' };

/** The definitions. */
export function readingSection(report: SearchReport): Html {
  return html`<dl class="card definitions">${definitions(baselinesOf(report), { hasVolatilityBarriers: report.candidates.some(({ V }) => V !== undefined) }).map(({ term, meaning }) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}

/** Candidates that could not be scored, with cause and hint; null without any. */
export function failureSection({ failures }: SearchReport): Html | null {
  if (failures.length === 0) return null;
  return html`<ul class="card failures">${failures.map(({ candidate, message, hint }) => html`<li><b>${candidate}</b>: ${message}${hint !== null && html`<br><span class="muted">${hint}</span>`}</li>`)}</ul>`;
}

// What a signal is worth, as a part of an evidence report: the plain sentence first, then rules with costs, then deciles.
import type { SignalStudy } from '@forecastlab/core';
import { escapeMarkdown } from '../report/escape-markdown.js';
import { html, type Html } from '../report/html/html.js';
import { markdownTable } from '../report/markdown-table.js';
import type { EvidenceSection } from './evidence-section.js';
import { decilesTable, NO_PROMISE, rulesTable, type SignalTable, studyFacts } from './signal-tables.js';

/**
 * All studies as one section of an evidence report; null without any.
 * @example formatEvidenceHtml(report, { sections: [signalsSection(studies)].filter((section) => section !== null) })
 */
export function signalsSection(studies: readonly SignalStudy[]): EvidenceSection | null {
  if (studies.length === 0) return null;
  return { id: 'signals', title: 'What a signal was worth', html: html`${studies.map(signalHtml)}<p class="muted small">${NO_PROMISE}</p>`, markdown: [...studies.map(signalMarkdown), NO_PROMISE].join('\n\n') };
}

/** One study as Markdown, under a heading of the third level. */
export function signalMarkdown(study: SignalStudy): string {
  return [`### ${escapeMarkdown(study.candidate)}`, escapeMarkdown(study.sentence), escapeMarkdown(studyFacts(study)), ...[rulesTable(study), decilesTable(study)].map(tableMarkdown)].join('\n\n');
}

/** One study as HTML for the page of an evidence report. */
export function signalHtml(study: SignalStudy): Html {
  return html`<h3>${study.candidate}</h3>
  <p>${study.sentence}</p>
  <p class="muted small">${studyFacts(study)}</p>
  ${tableHtml(rulesTable(study), `Rules that act on ${study.candidate}`)}
  <details><summary>What followed, by decile of the probability</summary>${tableHtml(decilesTable(study), `Deciles of ${study.candidate}`)}</details>`;
}

function tableMarkdown({ caption, headers, rows }: SignalTable): string {
  const columns = headers.map((header, i) => ({ header: escapeMarkdown(header), align: i === 0 ? ('left' as const) : ('right' as const) }));
  return `${markdownTable(columns, rows.map((row) => row.map(cellMarkdown)))}\n\n${escapeMarkdown(caption)}`;
}

/** Numbers stay as they are: a minus sign at the beginning of a cell is no list. */
const cellMarkdown = (text: string): string => (/^-?[\d.]*( %)?$/.test(text) ? text : escapeMarkdown(text));

function tableHtml({ caption, headers, rows }: SignalTable, title: string): Html {
  return html`<div class="card table-scroll" tabindex="0" role="region" aria-label="${title}">
    <table class="overview">
      <caption><span>${caption}</span></caption>
      <thead><tr>${headers.map((header, i) => (i === 0 ? html`<th scope="col">${header}</th>` : html`<th scope="col" class="number">${header}</th>`))}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="number">${cell}</td>`))}</tr>`)}</tbody>
    </table>
  </div>`;
}

// A table of an evidence report on the page: names at the left, numbers at the right, intervals small below them.
import { html, type Html } from '../../report/html/html.js';
import { skillMark } from '../../report/html/skill-mark.js';
import type { EvidenceCell, EvidenceTable } from '../evidence-tables.js';

/** `links`: [rows] where the names lead. */
export function evidenceTable({ title, caption, headers, rows }: EvidenceTable, { links = [] }: { readonly links?: readonly string[] } = {}): Html {
  return html`<div class="card table-scroll" tabindex="0" role="region" aria-label="${title}">
    <table class="overview evidence">
      <caption><span>${caption}</span></caption>
      <thead><tr>${headers.map((header, i) => (i === 0 ? (header === '' ? html`<td></td>` : html`<th scope="col">${header}</th>`) : html`<th scope="col" class="number">${header}</th>`))}</tr></thead>
      <tbody>${rows.map((row, place) => html`<tr>${row.map((cell, i) => (i === 0 ? nameCell(cell, links[place]) : numberCell(cell)))}</tr>`)}</tbody>
    </table>
  </div>`;
}

function nameCell({ text, note }: EvidenceCell, link: string | undefined): Html {
  return html`<th scope="row">${link === undefined ? text : html`<a href="${link}">${text}</a>`}${note !== undefined && html`<small>${note}</small>`}</th>`;
}

function numberCell({ text, note }: EvidenceCell): Html {
  if (text === 'yes' || text === 'none shown') return html`<td class="number">${skillMark(text)}</td>`;
  return html`<td class="number">${text}${note !== undefined && html`<small>${note}</small>`}</td>`;
}

// How often the price fell first, did neither, rose first: a bar in three parts with the numbers in words.
import type { CandidateReport } from '../../search/search-report.js';
import { CLASS_NAMES } from '../class-names.js';
import { formatPercent } from '../formats.js';
import { html, type Html } from './html.js';
import { svgNumber } from './svg-number.js';

/** The bar alone; its numbers stand beside it. */
export function balanceBar(classCounts: readonly number[]): Html {
  const all = Math.max(1, classCounts.reduce((sum, n) => sum + n, 0));
  return html`<span class="shares" aria-hidden="true">${classCounts.map((n, i) => html`<span class="share-${i}" style="width:${svgNumber((100 * n) / all)}%"></span>`)}</span>`;
}

/** The bar with a legend that counts. */
export function classBalance({ classCounts }: CandidateReport): Html {
  const all = classCounts.reduce((sum, n) => sum + n, 0);
  return html`${balanceBar(classCounts)}
  <ul class="legend">${classCounts.map((n, i) => html`<li><span class="swatch share-${i}" aria-hidden="true"></span>${CLASS_NAMES[i] ?? i}: ${n} rows (${formatPercent(n / all)})</li>`)}</ul>`;
}

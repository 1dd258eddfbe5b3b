// Skill by horizon and barrier. Blue is better than class shares and orange is worse, a pair that people with any common
// colour blindness can tell apart; the number, its sign and the marks say the same without colour.
import type { CandidateReport, SearchReport } from '../../search/search-report.js';
import { candidateRow } from '../candidate-row.js';
import { formatBarrier, formatPercent } from '../formats.js';
import { barrierAcross, type SkillGrid, skillGrids } from '../skill-grid.js';
import { html, type Html } from './html.js';

const LEVELS = 6;
/** Small differences must look small. */
const SMALLEST_REACH = 0.05;

/** T down, X or V across; null when the candidates make no such table. */
export function heatMap({ candidates, flaws }: SearchReport): Html | null {
  const grids = skillGrids(candidates);
  if (grids.length === 0) return null;
  const reach = Math.max(SMALLEST_REACH, ...candidates.map(({ skill }) => Math.abs(skill.skill)));
  return html`${grids.map((grid) => gridTable(grid, { reach, isFlawed: flaws.length > 0 }))}`;
}

function gridTable(grid: SkillGrid, { reach, isFlawed }: { readonly reach: number; readonly isFlawed: boolean }): Html {
  return html`<div class="card table-scroll" tabindex="0" role="region" aria-label="Skill by horizon and ${grid.axis === 'X' ? 'move' : 'expected moves'}">
    <table class="heat-map">
      <caption><span>Log-loss skill against class shares, with its 95 % interval. ${isFlawed ? 'An artefact: none of these is skill.' : html`<span aria-hidden="true">✓</span> marks measurable skill; ▢ marks the largest number.`}</span></caption>
      <thead><tr><td></td>${grid.sizes.map((size) => html`<th scope="col">${grid.axis === 'X' ? 'move ' : ''}${formatBarrier(barrierAcross(grid, size))}</th>`)}</tr></thead>
      <tbody>${grid.T.map((T, i) => html`<tr><th scope="row">${T} bars</th>${grid.cells[i].map((cell) => heatCell(cell, grid, { reach, isFlawed }))}</tr>`)}</tbody>
    </table>
    ${scale(reach)}
  </div>`;
}

function heatCell(candidate: CandidateReport | undefined, { largest }: SkillGrid, { reach, isFlawed }: { readonly reach: number; readonly isFlawed: boolean }): Html {
  if (candidate === undefined) return html`<td class="heat-none">not scored</td>`;
  const row = candidateRow(candidate, isFlawed);
  const note = row.word === 'yes' ? html`<span class="tick">✓ skill</span>` : null;
  return html`<td class="heat ${heatClass(candidate.skill.skill, reach)}${row.name === largest && !isFlawed ? ' heat-largest' : ''}"><b>${row.skill}</b>${note}<small>${row.interval}</small></td>`;
}

function heatClass(skill: number, reach: number): string {
  const level = Math.min(LEVELS, Math.ceil((LEVELS * Math.abs(skill)) / reach - 0.001));
  if (!(level > 0)) return 'heat-0';
  return `heat-${skill > 0 ? 'up' : 'down'}-${level}`;
}

function scale(reach: number): Html {
  const steps = Array.from({ length: 2 * LEVELS + 1 }, (_, i) => ((i - LEVELS) / LEVELS) * reach);
  return html`<p class="scale"><span>${formatPercent(-reach)}, worse</span>${steps.map((skill) => html`<i class="heat ${heatClass(skill, reach)}"></i>`)}<span>${formatPercent(reach)}, better</span></p>`;
}

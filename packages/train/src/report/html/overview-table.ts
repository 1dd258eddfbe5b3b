// One line per candidate: the verdict, the skill with its interval, the losses behind it.
import type { SearchReport } from '../../search/search-report.js';
import { baselineName } from '../baseline-words.js';
import { candidateRow } from '../candidate-row.js';
import { balanceBar } from './class-balance.js';
import { html, type Html } from './html.js';
import { skillMark } from './skill-mark.js';

/** The table of candidates; null without any. */
export function overviewTable({ candidates, flaws }: SearchReport): Html | null {
  if (candidates.length === 0) return null;
  const rows = candidates.map((candidate, i) => {
    const row = candidateRow(candidate, flaws.length > 0);
    return html`<tr>
      <th scope="row"><a href="#c${i}">${row.name}</a></th>
      <td>${skillMark(row.word)}</td>
      <td class="number"><b>${row.skill}</b><small>${row.interval}</small></td>
      <td class="number">${row.adjustedPValue}</td>
      <td class="number">${row.logLoss}</td>
      <td class="number">${row.priorLoss}</td>
      <td class="number">${row.bestLoss}<small>${baselineName(row.bestBaseline)}</small></td>
      <td class="number">${row.skillAgainstBest}<small>${row.intervalAgainstBest}</small></td>
      <td class="number">${row.f1}</td>
      <td class="number">${balanceBar(candidate.classCounts)}<small>${row.classShares} %</small></td>
      <td class="number">${row.rows}<small>${row.folds} folds</small></td>
    </tr>`;
  });
  const headers: readonly (readonly [string, string])[] = [['Skill', '95 % interval'], ['Adjusted p', ''], ['Log loss', 'model'], ['Log loss', 'class shares'], ['Log loss', 'best baseline'], ['Skill against', 'best baseline'], ['Macro-F1', 'median of folds'], ['Falls / neither / rises', 'share of test rows'], ['Test rows', 'folds']];
  return html`<div class="card table-scroll" tabindex="0" role="region" aria-label="Candidates">
    <table class="overview">
      <caption><span>${flaws.length > 0 ? 'An artefact: these scores say nothing about forecasting.' : 'Scores on bars that the models had not seen. Skill is against guessing by class shares unless another baseline is named; below 0 % is worse.'}</span></caption>
      <thead><tr><th scope="col">Candidate</th><th scope="col">Skill shown</th>${headers.map(([name, note]) => html`<th scope="col" class="number">${name}${note !== '' && html`<small>${note}</small>`}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
    </table>
  </div>`;
}

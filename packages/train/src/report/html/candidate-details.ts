// Everything about one candidate, folded away until it is asked for.
import type { CandidateReport, SearchReport } from '../../search/search-report.js';
import { candidateRow } from '../candidate-row.js';
import { describeBarrier, describeQuestion } from '../describe-search.js';
import { formatTime } from '../formats.js';
import { candidateSentence } from '../verdict-words.js';
import { classBalance } from './class-balance.js';
import { html, type Html } from './html.js';
import { reliabilityPlots } from './reliability-plot.js';
import { baselineTable, confusionTable, medianTable } from './score-tables.js';
import { skillMark } from './skill-mark.js';
import { foldTable, stabilityBars } from './stability-bars.js';

/** A table of every fold of every candidate is left away beyond this many lines: the files of the run hold them. */
const MOST_FOLD_ROWS = 2000;

/** `place`: of the candidate in the report. */
export function candidateDetails(report: SearchReport, candidate: CandidateReport, { place, isOpen }: { readonly place: number; readonly isOpen: boolean }): Html {
  const { interval } = report.market;
  const row = candidateRow(candidate, report.flaws.length > 0);
  const foldRows = report.candidates.reduce((sum, { stability }) => sum + stability.length, 0);
  const stability = stabilityBars(candidate, { id: `s${place}`, interval });
  const reliability = reliabilityPlots(candidate, `r${place}-`);
  return html`<details class="card candidate"${isOpen && OPEN}>
    <summary><b>${row.name}</b> ${skillMark(row.word)} <span>skill ${row.skill}</span> <span class="muted">${row.interval === '-' ? 'no interval' : row.interval}</span></summary>
    <div class="candidate-body" id="c${place}">
    <p class="muted">${[describeQuestion(candidate), describeBarrier(candidate)].filter((part) => part !== '').join(' ')}</p>
    <p>${candidateSentence(candidate, report.flaws.length > 0)}</p>
    <dl class="facts">
      <div><dt>p, alone</dt><dd>${row.pValue}</dd></div>
      <div><dt>Adjusted p</dt><dd>${row.adjustedPValue}</dd></div>
      <div><dt>Brier skill, 95 % interval</dt><dd>${row.brierSkill}, ${row.brierInterval}</dd></div>
      <div><dt>Test bars</dt><dd>${formatTime(candidate.firstTestMs, interval)} to ${formatTime(candidate.lastTestMs, interval)}, ${row.rows} rows in ${row.folds} folds</dd></div>
      <div><dt>Rows per bootstrap block</dt><dd>${candidate.skill.blockLength}</dd></div>
    </dl>
    <h3>Baselines</h3>${baselineTable(candidate)}
    ${stability !== null && html`<h3>Stability over folds</h3>${stability}${foldRows <= MOST_FOLD_ROWS ? html`<details class="folds"><summary>Numbers of the folds</summary><div class="table-scroll" tabindex="0" role="region" aria-label="Folds of ${row.name}">${foldTable(candidate, interval)}</div></details>` : html`<p class="muted small">The folds in numbers are in fold_metrics.csv of the run.</p>`}`}
    ${reliability !== null && html`<h3>Reliability of the probabilities</h3>${reliability}`}
    <h3>Class balance of the test rows</h3>${classBalance(candidate)}
    <div class="pair"><div>${medianTable(candidate)}</div><div class="table-scroll" tabindex="0" role="region" aria-label="Confusion matrix of ${row.name}">${confusionTable(candidate)}</div></div>
    </div>
  </details>`;
}

const OPEN = html` open`;

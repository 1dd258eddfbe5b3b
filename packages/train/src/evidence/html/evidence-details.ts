// Everything else about one candidate, folded away until it is asked for.
import type { Evidence } from '@forecastlab/core';
import { CLASS_NAMES } from '../../report/class-names.js';
import { formatInterval, formatPercent, formatTime } from '../../report/formats.js';
import { html, type Html } from '../../report/html/html.js';
import { reliabilitySquares } from '../../report/html/reliability-plot.js';
import { skillMark } from '../../report/html/skill-mark.js';
import { forecastTable, partTable, skillOf, skillWord } from '../evidence-tables.js';
import { classShareText } from '../evidence-words.js';
import { evidenceTable } from './evidence-table.js';

/** `place`: of the candidate in the report; the first one is open. */
export function evidenceDetails(evidence: Evidence, { place, interval }: { readonly place: number; readonly interval: string }): Html {
  const { candidate, reliability, verdict, rows, times, folds, firstMs, lastMs } = evidence;
  const skill = skillOf(evidence, 'class-shares');
  const curves = [
    { answer: 'a barrier is touched', tone: 1, bins: reliability.touched.bins },
    { answer: 'the upper one, given a touch', tone: 2, bins: reliability.up?.bins ?? [] },
    ...reliability.classes.map(({ classIndex, bins }) => ({ answer: CLASS_NAMES[classIndex] ?? String(classIndex), tone: classIndex, bins })),
  ];
  const squares = reliabilitySquares(candidate, curves, `r${place}-`);
  return html`<details class="card candidate"${place === 0 && OPEN}>
    <summary><b>${candidate}</b> ${skillMark(skillWord(evidence))} <span>skill ${formatPercent(skill?.skill)}</span> <span class="muted">${formatInterval(skill?.interval ?? null)}</span></summary>
    <div class="candidate-body" id="c${place}">
    <p>${verdict.sentence}</p>
    <dl class="facts">
      <div><dt>Test rows</dt><dd>${rows} at ${times} times in ${folds} folds, ${formatTime(firstMs, interval)} to ${formatTime(lastMs, interval)}</dd></div>
      <div><dt>Falls / neither / rises</dt><dd>${classShareText(evidence)}</dd></div>
      <div><dt>Times per bootstrap block, at least</dt><dd>${skill?.blockLength ?? 0}</dd></div>
    </dl>
    <h3>Touch and side</h3>${evidenceTable(partTable(evidence))}
    <h3>Forecasts</h3>${evidenceTable(forecastTable(evidence))}
    ${squares !== null && html`<h3>Reliability of the probabilities</h3>${squares}`}
    </div>
  </details>`;
}

const OPEN = html` open`;

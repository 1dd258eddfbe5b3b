// Skill fold by fold, oldest first: bars above zero are folds in which the model was better than class shares.
import type { CandidateReport } from '../../search/search-report.js';
import { type FoldScore, foldStability, skillReach } from '../fold-stability.js';
import { count, formatPercent, formatScore, formatTime } from '../formats.js';
import { html, type Html } from './html.js';
import { svgNumber } from './svg-number.js';

const HALF = 100;
const BAR = 10;

/** Picture and sentence; null without folds. `id` starts the ids of the picture. */
export function stabilityBars({ name, stability: folds }: CandidateReport, { id, interval }: { readonly id: string; readonly interval: string }): Html | null {
  const summary = foldStability(folds);
  if (summary === null) return null;
  const reach = skillReach(folds);
  const cut = folds.filter(({ skill }) => Math.abs(skill) > reach).length;
  const at = (ms: number): string => formatTime(ms, interval);
  const { better, worst, best, medianSkill } = summary;
  const sentence = `Better than class shares in ${better} of ${count(folds.length, 'fold')} (${formatPercent(better / folds.length)}); median skill ${formatPercent(medianSkill)}, worst ${formatPercent(worst.skill)} (from ${at(worst.testStartMs)}), best ${formatPercent(best.skill)} (from ${at(best.testStartMs)}).`;
  return html`<figure class="stability">
    <div class="bars">
      <div class="bars-axis" aria-hidden="true"><span>${formatPercent(reach)}</span><span>0</span><span>${formatPercent(-reach)}</span></div>
      <svg viewBox="0 0 ${folds.length * BAR} ${2 * HALF}" preserveAspectRatio="none" role="img" aria-labelledby="${id}t ${id}d">
        <title id="${id}t">Skill of ${name} in each fold</title><desc id="${id}d">${sentence}</desc>
        <path class="better" d="${bars(folds, reach, true)}"/><path class="worse" d="${bars(folds, reach, false)}"/>
        ${cut > 0 && html`<path class="cut" d="${cuts(folds, reach)}"/>`}
        <line class="zero" x1="0" x2="${folds.length * BAR}" y1="${HALF}" y2="${HALF}" vector-effect="non-scaling-stroke"/>
      </svg>
      <div class="bars-dates" aria-hidden="true"><span>${at(folds[0].testStartMs)}</span><span>${at(folds[folds.length - 1].testEndMs)}</span></div>
    </div>
    <figcaption>${sentence}${cut > 0 && ` ${count(cut, 'bar')} with a marked end ${cut === 1 ? 'goes' : 'go'} on beyond the picture.`}</figcaption>
  </figure>`;
}

const heightOf = ({ skill }: FoldScore, reach: number): number => Math.min(1, Math.abs(skill) / reach) * HALF;

function bars(folds: readonly FoldScore[], reach: number, isBetter: boolean): string {
  return folds.map((fold, i) => (fold.skill > 0 === isBetter && fold.skill !== 0 ? `M${i * BAR + 1} ${HALF}v${svgNumber((isBetter ? -1 : 1) * heightOf(fold, reach))}h${BAR - 2}V${HALF}z` : '')).join('');
}

/** Marked ends of bars that are longer than the picture. */
function cuts(folds: readonly FoldScore[], reach: number): string {
  return folds.map(({ skill }, i) => (Math.abs(skill) > reach ? `M${i * BAR + 1} ${skill > 0 ? 0 : 2 * HALF - 6}h${BAR - 2}v6h-${BAR - 2}z` : '')).join('');
}

/** Every fold in numbers. */
export function foldTable({ name, stability }: CandidateReport, interval: string): Html {
  return html`<table class="numbers"><caption class="visually-hidden">Folds of ${name}</caption><thead><tr><th scope="col">Test bars</th><th scope="col" class="number">Skill</th><th scope="col" class="number">Log loss</th><th scope="col" class="number">Macro-F1</th></tr></thead>
    <tbody>${stability.map((fold) => html`<tr><th scope="row">${formatTime(fold.testStartMs, interval)} to ${formatTime(fold.testEndMs, interval)}</th><td>${formatPercent(fold.skill)}</td><td>${formatScore(fold.logLoss)}</td><td>${formatScore(fold.f1)}</td></tr>`)}</tbody></table>`;
}

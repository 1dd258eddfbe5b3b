// Do things that are forecast with 30 % happen in 30 % of the cases? One square per answer, with whiskers and the diagonal.
import type { ReliabilityCurve } from '@forecastlab/core';
import type { CandidateReport } from '../../search/search-report.js';
import { CLASS_NAMES } from '../class-names.js';
import { count, formatInterval, formatPercent } from '../formats.js';
import { html, type Html } from './html.js';
import { svgNumber } from './svg-number.js';

const LEFT = 34;
const TOP = 8;
const SIDE = 176;

/** A curve with its name. */
export interface NamedCurve extends Pick<ReliabilityCurve, 'bins'> {
  readonly answer: string;
  /** Colour: 0 down, 1 neutral, 2 up. */
  readonly tone: number;
}

/** The squares of the three answers and their numbers; null without bins. `id` starts the ids of the pictures. */
export function reliabilityPlots({ name, reliability }: CandidateReport, id: string): Html | null {
  return reliabilitySquares(name, reliability.map(({ classIndex, bins }) => ({ answer: CLASS_NAMES[classIndex] ?? String(classIndex), tone: classIndex, bins })), id);
}

/** The same for any curves of one candidate, each of its own answer. */
export function reliabilitySquares(name: string, all: readonly NamedCurve[], id: string): Html | null {
  const curves = all.filter(({ bins }) => bins.length > 0);
  if (curves.length === 0) return null;
  return html`<div class="squares">${curves.map((curve, i) => square(curve, `${id}${i}`, name))}</div>
    <p class="muted small">Across: what the model said. Up: how often it came true, with its 95 % interval. On the dashed line both agree, and where the interval reaches it the bin is as said; larger points stand for more rows.</p>
    <details><summary>Numbers of the curves</summary><div class="table-scroll" tabindex="0" role="region" aria-label="Curves of ${name}">${curveTable(curves, name)}</div></details>`;
}

function square({ answer, tone, bins }: NamedCurve, id: string, name: string): Html {
  const x = (share: number): string => svgNumber(LEFT + share * SIDE);
  const y = (share: number): string => svgNumber(TOP + (1 - share) * SIDE);
  const most = Math.max(...bins.map(({ rows }) => rows));
  const agree = bins.filter(({ low, high, meanProbability }) => low <= meanProbability && meanProbability <= high).length;
  return html`<figure>
    <svg viewBox="0 0 ${LEFT + SIDE + 8} ${TOP + SIDE + 22}" role="img" aria-labelledby="${id}t ${id}d" class="reliability tone-${tone}">
      <title id="${id}t">Reliability of ${name}, ${answer}</title><desc id="${id}d">In ${agree} of ${count(bins.length, 'bin')} the interval holds the forecast.</desc>
      <path class="frame" d="M${x(0)} ${y(1)}V${y(0)}H${x(1)}"/><path class="diagonal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>
      ${[0, 0.5, 1].map((share) => html`<text x="${x(share)}" y="${TOP + SIDE + 15}" text-anchor="${share === 1 ? 'end' : 'middle'}">${100 * share} %</text>${share > 0 && html`<text x="${LEFT - 4}" y="${svgNumber(TOP + (1 - share) * SIDE + 4)}" text-anchor="end">${100 * share} %</text>`}`)}
      <path class="whisker" d="${bins.map((bin) => `M${x(bin.meanProbability)} ${y(bin.low)}V${y(bin.high)}`).join('')}"/>
      <path class="curve" d="${bins.map((bin, i) => `${i === 0 ? 'M' : 'L'}${x(bin.meanProbability)} ${y(bin.observedShare)}`).join('')}"/>
      ${bins.map((bin) => html`<circle cx="${x(bin.meanProbability)}" cy="${y(bin.observedShare)}" r="${svgNumber(2 + 2.5 * Math.sqrt(bin.rows / most))}"/>`)}
    </svg>
    <figcaption><b>${answer}</b><br>as said in ${agree} of ${count(bins.length, 'bin')}</figcaption>
  </figure>`;
}

function curveTable(curves: readonly NamedCurve[], name: string): Html {
  return html`<table class="numbers"><caption class="visually-hidden">Reliability of ${name}</caption><thead><tr><th scope="col">Answer</th><th scope="col" class="number">Said on average</th><th scope="col" class="number">Came true</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">Rows</th></tr></thead>
    ${curves.map(
      ({ answer, bins }) =>
        html`<tbody>${bins.map((bin, i) => html`<tr>${i === 0 && html`<th scope="rowgroup" rowspan="${bins.length}">${answer}</th>`}<td>${formatPercent(bin.meanProbability)}</td><td>${formatPercent(bin.observedShare)}</td><td>${formatInterval([bin.low, bin.high])}</td><td>${bin.rows}</td></tr>`)}</tbody>`,
    )}</table>`;
}

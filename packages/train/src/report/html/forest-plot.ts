// Skill with its interval as point and whisker around a zero line (a forest plot), one line per candidate and baseline.
// The lines are table rows and the places percentages, so that it reads on a phone and by a screen reader.
import type { SkillInterval } from '@forecastlab/core';
import type { SearchReport } from '../../search/search-report.js';
import { rankCandidates } from '../best-candidate.js';
import { baselineName } from '../baseline-words.js';
import { formatInterval, formatPercent } from '../formats.js';
import { html, type Html } from './html.js';
import { svgPlace } from './svg-number.js';

export interface ForestAxis {
  readonly low: number;
  readonly high: number;
}

/** A whisker beyond ±100 % says no more than one that ends there, and would press the others flat. */
const FURTHEST = 1;

/** An axis that holds all intervals and zero, at least ±2 %. */
export function forestAxis(skills: readonly SkillInterval[]): ForestAxis {
  const ends = skills.flatMap(({ skill, interval }) => [skill, ...(interval ?? [])]).filter(Number.isFinite);
  const low = Math.max(-FURTHEST, Math.min(-0.02, ...ends));
  const high = Math.min(FURTHEST, Math.max(0.02, ...ends));
  const margin = 0.04 * (high - low);
  return { low: low - margin, high: high + margin };
}

/** All candidates, best first, against class shares and against their best baseline; null without candidates. */
export function forestPlot({ candidates, flaws }: SearchReport): Html | null {
  if (candidates.length === 0) return null;
  const axis = forestAxis(candidates.flatMap(({ skill, skillAgainstBest }) => [skill, skillAgainstBest]));
  const body = rankCandidates(candidates).map((candidate) => {
    const lines: readonly (readonly [string, SkillInterval])[] = [['prior', candidate.skill], ...(candidate.bestBaseline === 'prior' ? [] : [[candidate.bestBaseline, candidate.skillAgainstBest] as const])];
    return html`<tbody>${lines.map(
      ([baseline, skill], i) => html`<tr>
        ${i === 0 && html`<th scope="rowgroup" rowspan="${lines.length}">${candidate.name}</th>`}
        <td class="against">${baselineName(baseline)}</td>
        <td class="plot">${forestLine(skill, axis)}</td>
        <td class="number">${formatPercent(skill.skill)}</td>
        <td class="number">${formatInterval(skill.interval)}</td>
      </tr>`,
    )}</tbody>`;
  });
  return html`<div class="card table-scroll" tabindex="0" role="region" aria-label="Skill with intervals">
    <table class="forest">
      <caption><span>${flaws.length > 0 && 'An artefact. '}Point: skill. Line: 95 % interval. A line that reaches the zero line cannot be told from no skill; an arrow points to a skill beyond the picture.</span></caption>
      <thead><tr><th scope="col">Candidate</th><th scope="col">Against</th><th scope="col" class="plot"><span class="visually-hidden">Picture</span>${forestScale(axis)}</th><th scope="col" class="number">Skill</th><th scope="col" class="number">95 % interval</th></tr></thead>
      ${body}
    </table>
  </div>`;
}

/** One line of the plot; the numbers stand beside it. */
export function forestLine({ skill, interval }: Pick<SkillInterval, 'skill' | 'interval'>, axis: ForestAxis): Html {
  const x = (value: number): string => svgPlace(value, axis.low, axis.high);
  const tone = interval === null ? 'unsure' : interval[0] > 0 ? 'above' : interval[1] < 0 ? 'below' : 'unsure';
  return html`<svg width="100%" height="22" class="forest-${tone}" aria-hidden="true"><line class="zero" x1="${x(0)}" x2="${x(0)}" y1="0" y2="22"/>${interval !== null && interval[1] > axis.low && interval[0] < axis.high && html`<line class="whisker" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="11" y2="11"/>`}${point(skill, axis)}</svg>`;
}

/** A skill beyond the axis is an arrow at its end, not a point that looks as if it lay there. */
function point(skill: number, axis: ForestAxis): Html {
  if (skill < axis.low) return html`<text class="beyond" x="0" y="16">◂</text>`;
  if (skill > axis.high) return html`<text class="beyond" x="100%" y="16" text-anchor="end">▸</text>`;
  return html`<circle cx="${svgPlace(skill, axis.low, axis.high)}" cy="11" r="4.5"/>`;
}

/** Zero and the ends of the axis, where they do not collide. */
export function forestScale({ low, high }: ForestAxis): Html {
  const zero = -low / (high - low);
  return html`<svg width="100%" height="16" aria-hidden="true">${zero > 0.35 && html`<text x="0" y="12">${formatPercent(low)}</text>`}<text x="${svgPlace(0, low, high)}" y="12" text-anchor="middle">0</text>${zero < 0.65 && html`<text x="100%" y="12" text-anchor="end">${formatPercent(high)}</text>`}</svg>`;
}

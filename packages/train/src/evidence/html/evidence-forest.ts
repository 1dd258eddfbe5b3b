// Skill with its interval as point and whisker: against both baselines, the two parts, and the best single model.
import type { Evidence, SkillInterval } from '@forecastlab/core';
import { formatInterval, formatPercent } from '../../report/formats.js';
import { forestAxis, forestLine, forestScale } from '../../report/html/forest-plot.js';
import { html, type Html } from '../../report/html/html.js';
import { skillOf } from '../evidence-tables.js';

type Line = readonly [against: string, skill: SkillInterval];

/** One group of lines per candidate; null without any. */
export function evidenceForest(evidence: readonly Evidence[]): Html | null {
  if (evidence.length === 0) return null;
  const groups = evidence.map((one) => ({ name: one.candidate, lines: linesOf(one) }));
  return forest('Skill with intervals', groups, 'Point: skill. Line: 95 % interval. A line that reaches the zero line cannot be told from no skill. Touch and side add up to the skill against class shares.');
}

function linesOf(evidence: Evidence): readonly Line[] {
  const { parts, bestMember } = evidence;
  const lines: readonly (readonly [string, SkillInterval | undefined])[] = [
    ['class shares', skillOf(evidence, 'class-shares')],
    ['of it: touch', parts[0]?.touch.ofTotal],
    ['of it: side', parts[0]?.side.ofTotal],
    ['volatility alone', skillOf(evidence, 'volatility')],
    [`best single model, ${bestMember ?? ''}`, skillOf(evidence, bestMember)],
  ];
  return lines.filter((line): line is Line => line[1] !== undefined);
}

function forest(title: string, groups: readonly { readonly name: string; readonly lines: readonly Line[] }[], caption: string): Html {
  const axis = forestAxis(groups.flatMap(({ lines }) => lines.map(([, skill]) => skill)));
  return html`<div class="card table-scroll" tabindex="0" role="region" aria-label="${title}">
    <table class="forest">
      <caption><span>${caption}</span></caption>
      <thead><tr><th scope="col">Candidate</th><th scope="col">Against</th><th scope="col" class="plot"><span class="visually-hidden">Picture</span>${forestScale(axis)}</th><th scope="col" class="number">Skill</th><th scope="col" class="number">95 % interval</th></tr></thead>
      ${groups.map(({ name, lines }) => html`<tbody>${lines.map(([against, skill], i) => html`<tr>${i === 0 && html`<th scope="rowgroup" rowspan="${lines.length}">${name}</th>`}<td class="against">${against}</td><td class="plot">${forestLine(skill, axis)}</td><td class="number">${formatPercent(skill.skill)}</td><td class="number">${formatInterval(skill.interval)}</td></tr>`)}</tbody>`)}
    </table>
  </div>`;
}

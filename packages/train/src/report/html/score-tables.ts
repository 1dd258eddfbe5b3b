// All scores of one candidate: model and baselines over the same rows, medians over folds, and the confusion matrix.
import type { Scores } from '@forecastlab/core';
import type { CandidateReport } from '../../search/search-report.js';
import { baselineName } from '../baseline-words.js';
import { CLASS_NAMES } from '../class-names.js';
import { formatInterval, formatPercent, formatScore } from '../formats.js';
import { skillAgainst } from '../skill-against.js';
import { forestAxis, forestLine, forestScale } from './forest-plot.js';
import { html, type Html } from './html.js';

type Column = readonly [header: string, value: (scores: Scores) => number | null | undefined];

const COLUMNS: readonly Column[] = [
  ['Log loss', (scores) => scores.logLoss],
  ['Brier', (scores) => scores.brier],
  ['Macro-F1', (scores) => scores.f1],
  ['Precision', (scores) => scores.precision],
  ['Recall', (scores) => scores.recall],
  ['Accuracy', (scores) => scores.accuracy],
  ['Balanced accuracy', (scores) => scores.balancedAccuracy],
  ['ROC AUC', (scores) => scores.rocAuc],
  ['Calibration error', (scores) => scores.calibrationError],
  ['Matthews', (scores) => scores.matthewsCorrelation],
];

/** Model and baselines; one that was scored on some of the rows only has no skill beside it. */
export function baselineTable(candidate: CandidateReport): Html {
  const { name, pooled, baselines, bestBaseline, skill, skillAgainstBest } = candidate;
  const skills = baselines.map((baseline) => baseline.modelSkill ?? (baseline.name === 'prior' ? skill : baseline.name === bestBaseline ? skillAgainstBest : { skill: skillAgainst(candidate, baseline.name) ?? Number.NaN, interval: null, blockLength: 0, rows: 0 }));
  const axis = forestAxis(skills);
  const columns = COLUMNS.filter(([, value]) => [pooled, ...baselines.map(({ scores }) => scores)].some((scores) => value(scores) !== undefined));
  const cells = (scores: Scores): readonly Html[] => [html`<td class="number">${scores.rows}</td>`, ...columns.map(([, value]) => html`<td class="number">${formatScore(value(scores))}</td>`)];
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Model and baselines of ${name}"><table class="forest">
    <caption><span>The skill is the model's, against the baseline of the line. A baseline with fewer rows was scored in some folds only, so there is no skill against it.</span></caption>
    <thead><tr><th scope="col">By</th><th scope="col" class="number">Skill</th><th scope="col" class="plot"><span class="visually-hidden">Picture</span>${forestScale(axis)}</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">Rows</th>${columns.map(([header]) => html`<th scope="col" class="number">${header}</th>`)}</tr></thead>
    <tbody><tr class="model"><th scope="row">model</th><td></td><td></td><td></td>${cells(pooled)}</tr>
    ${baselines.map((baseline, i) => html`<tr><th scope="row">${baselineName(baseline.name)}${baseline.name === bestBaseline && ' (best)'}</th><td class="number">${formatPercent(skills[i].skill)}</td><td class="plot">${Number.isFinite(skills[i].skill) && forestLine(skills[i], axis)}</td><td class="number">${formatInterval(skills[i].interval)}</td>${cells(baseline.scores)}</tr>`)}</tbody>
  </table></div>`;
}

/** Medians over the folds. */
export function medianTable({ name, medians }: CandidateReport): Html {
  const entries: readonly (readonly [string, number])[] = [['Log loss', medians.logLoss], ['Macro-F1', medians.f1], ['Precision', medians.precision], ['Recall', medians.recall], ['Accuracy', medians.accuracy], ['Balanced accuracy', medians.balancedAccuracy]];
  return html`<table class="narrow"><caption>Medians over the folds<span class="visually-hidden"> of ${name}</span></caption><tbody>${entries.map(([header, value]) => html`<tr><th scope="row">${header}</th><td class="number">${formatScore(value)}</td></tr>`)}</tbody></table>`;
}

/** Rows by true and predicted answer. */
export function confusionTable({ name, pooled: { confusion } }: CandidateReport): Html {
  return html`<table class="narrow"><caption>Rows: what happened (down), what the model said (across)<span class="visually-hidden"> for ${name}</span></caption>
    <thead><tr><td></td>${CLASS_NAMES.map((answer) => html`<th scope="col" class="number">said: ${answer}</th>`)}</tr></thead>
    <tbody>${confusion.map((line, i) => html`<tr><th scope="row">${CLASS_NAMES[i] ?? i}</th>${line.map((n) => html`<td class="number">${n}</td>`)}</tr>`)}</tbody></table>`;
}

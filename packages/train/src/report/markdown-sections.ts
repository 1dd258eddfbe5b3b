// The tables of report.md; each is empty text where there is nothing to show.
import type { CandidateReport, SearchReport } from '../search/search-report.js';
import { baselineName } from './baseline-words.js';
import { foremostCandidates } from './best-candidate.js';
import { candidateRow } from './candidate-row.js';
import { CLASS_NAMES } from './class-names.js';
import { describeBarrier } from './describe-search.js';
import { escapeMarkdown } from './escape-markdown.js';
import { foldStability, sparkline } from './fold-stability.js';
import { formatBarrier, formatInterval, formatPercent, formatScore, formatTime } from './formats.js';
import { type MarkdownColumn, markdownTable } from './markdown-table.js';
import { skillAgainst } from './skill-against.js';
import { barrierAcross, type SkillGrid, skillGrids } from './skill-grid.js';
import { candidateSentence } from './verdict-words.js';

const right = (header: string): MarkdownColumn => ({ header, align: 'right' });
const left = (header: string): MarkdownColumn => ({ header });

/** One line per candidate, then each one's sentence. */
export function markdownSummary({ candidates, flaws }: SearchReport): string {
  if (candidates.length === 0) return '';
  const rows = candidates.map((candidate) => {
    const row = candidateRow(candidate, flaws.length > 0);
    const best = `${escapeMarkdown(baselineName(row.bestBaseline))} ${row.bestLoss}`;
    return [escapeMarkdown(row.name), row.word, row.skill, row.interval, row.logLoss, row.priorLoss, best, row.skillAgainstBest, row.intervalAgainstBest, row.brierSkill, row.brierInterval, row.pValue, row.adjustedPValue, row.f1, row.folds, row.rows];
  });
  const columns = [left('Candidate'), left('Skill shown'), right('Skill'), right('95 % interval'), right('Log loss'), right('Class shares'), left('Best baseline'), right('Skill against it'), right('95 % interval'), right('Brier skill'), right('95 % interval'), right('p'), right('Adjusted p'), right('Macro-F1'), right('Folds'), right('Rows')];
  const sentences = candidates.map((candidate) => `- ${escapeMarkdown(candidate.name)}: ${escapeMarkdown([candidateSentence(candidate, flaws.length > 0), describeBarrier(candidate)].filter((part) => part !== '').join(' '))}`);
  return [markdownTable(columns, rows), sentences.join('\n')].join('\n\n');
}

/** T down, X or V across; the best is bold, measurable skill has a tick. */
export function markdownSkillGrid(report: SearchReport): string {
  const tables = skillGrids(report.candidates).map((grid) => gridTable(grid, report));
  if (tables.length === 0) return '';
  const caption = report.flaws.length > 0 ? 'These numbers are an artefact.' : 'Bold: the largest. ✓: measurable skill.';
  return [...tables, `Log-loss skill against class shares, in percent: below 0 is worse than guessing by them. ${caption}`].join('\n\n');
}

function gridTable(grid: SkillGrid, report: SearchReport): string {
  const cell = (candidate: CandidateReport | undefined): string => {
    if (candidate === undefined) return '';
    const tick = candidateRow(candidate, report.flaws.length > 0).word === 'yes' ? ' ✓' : '';
    const text = formatPercent(candidate.skill.skill) + tick;
    return candidate.name === grid.largest && report.flaws.length === 0 ? `**${text}**` : text;
  };
  const rows = grid.cells.map((line, i) => [`T = ${grid.T[i]}`, ...line.map(cell)]);
  return markdownTable([left('Bars'), ...grid.sizes.map((size) => right(grid.axis === 'X' ? `X = ${formatBarrier(barrierAcross(grid, size))}` : `V = ${size}`))], rows);
}

/** Every baseline of every candidate over the same rows. */
export function markdownBaselines({ candidates }: SearchReport): string {
  const rows = candidates.flatMap((candidate) => [
    [escapeMarkdown(candidate.name), '**model**', String(candidate.pooled.rows), formatScore(candidate.pooled.logLoss), '', formatScore(candidate.pooled.brier), formatScore(candidate.pooled.f1), formatScore(candidate.pooled.accuracy)],
    ...candidate.baselines.map(({ name, scores }) => ['', escapeMarkdown(baselineName(name)) + (name === candidate.bestBaseline ? ' (best)' : ''), String(scores.rows), formatScore(scores.logLoss), formatPercent(skillAgainst(candidate, name)), formatScore(scores.brier), formatScore(scores.f1), formatScore(scores.accuracy)]),
  ]);
  if (rows.length === 0) return '';
  const table = markdownTable([left('Candidate'), left('By'), right('Rows'), right('Log loss'), right('Skill of the model against it'), right('Brier'), right('Macro-F1'), right('Accuracy')], rows);
  return `${table}\n\nA baseline with fewer rows was scored in some folds only, so there is no skill against it.`;
}

/** Better folds, best, worst and a sparkline: was it good all the time, or once? */
export function markdownStability({ candidates, market }: SearchReport): string {
  const rows = candidates.flatMap((candidate) => {
    const stability = foldStability(candidate.stability);
    if (stability === null) return [];
    const { better, folds, worst, best, medianSkill } = stability;
    const at = (ms: number): string => formatTime(ms, market.interval);
    return [[escapeMarkdown(candidate.name), `${better} of ${folds} (${formatPercent(better / folds)})`, formatPercent(medianSkill), `${formatPercent(worst.skill)}, ${at(worst.testStartMs)}`, `${formatPercent(best.skill)}, ${at(best.testStartMs)}`, sparkline(candidate.stability)]];
  });
  if (rows.length === 0) return '';
  return [
    markdownTable([left('Candidate'), right('Folds better than class shares'), right('Median skill'), right('Worst fold'), right('Best fold'), left('Oldest to newest')], rows),
    'One block per fold: ▁ to ▄ below class shares, ▅ to █ above.',
  ].join('\n\n');
}

/** Forecast against observed shares of the foremost candidates. */
export function markdownReliability(report: SearchReport): string {
  return foremostCandidates(report)
    .filter(({ reliability }) => reliability.some(({ bins }) => bins.length > 0))
    .map((candidate) => {
      const rows = candidate.reliability.flatMap(({ classIndex, bins }) => bins.map((bin, i) => [i === 0 ? (CLASS_NAMES[classIndex] ?? String(classIndex)) : '', formatPercent(bin.meanProbability), formatPercent(bin.observedShare), formatInterval([bin.low, bin.high]), String(bin.rows)]));
      return [`### ${escapeMarkdown(candidate.name)}`, markdownTable([left('Answer'), right('Said on average'), right('Came true'), right('95 % interval'), right('Rows')], rows)].join('\n\n');
    })
    .join('\n\n');
}

/** How often each answer was the true one in the test rows. */
export function markdownBalance({ candidates, market }: SearchReport): string {
  if (candidates.length === 0) return '';
  const rows = candidates.map(({ name, classCounts, firstTestMs, lastTestMs }) => {
    const all = classCounts.reduce((sum, n) => sum + n, 0);
    return [escapeMarkdown(name), ...classCounts.map((n) => `${n} (${formatPercent(n / all)})`), `${formatTime(firstTestMs, market.interval)} to ${formatTime(lastTestMs, market.interval)}`];
  });
  return markdownTable([left('Candidate'), ...CLASS_NAMES.map((name) => right(name)), left('Test bars')], rows);
}

// forecastlab-train runs: what searches have been made, what came of one, and two side by side.
import { defineCommand, formatTable, openStore, option } from '@forecastlab/core/node';
import { formatSearchSummary } from '../report/format-search-summary.js';
import { compareRuns, type ComparedCandidate } from '../search/compare-runs.js';
import { listRuns } from '../search/list-runs.js';
import { readReport } from '../search/read-report.js';
import { runPaths } from '../search/run-folder.js';

const RUN = option.string({ describe: 'Name of a run.', placeholder: 'RUN', required: true });

export const runsList = defineCommand({
  path: ['runs', 'list'],
  summary: 'List the searches made so far',
  examples: ['runs list', 'runs list --json'],
  options: {},
  async run(_, context) {
    const runs = await listRuns(await openStore(context.store, context));
    const table = formatTable(runs, [
      { header: 'run', value: ({ run }) => run },
      { header: 'state', value: ({ state }) => state },
      { header: 'market', value: ({ report }) => (report === null ? '-' : `${report.market.symbol ?? report.market.file} ${report.market.interval}`) },
      { header: 'features', value: ({ report }) => report?.options.features ?? '-' },
      { header: 'model', value: ({ report }) => report?.options.model ?? '-' },
      { header: 'candidates', value: ({ report }) => report?.candidates.length ?? '-' },
      { header: 'skill', value: ({ report }) => (report === null ? '-' : report.flaws.length > 0 ? 'flawed' : report.verdict.hasSkill ? report.verdict.skilled.join(' ') : 'none shown') },
    ]);
    return { json: { runs: runs.map(({ run, state, report }) => ({ run, state, verdict: report?.verdict ?? null })) }, text: runs.length === 0 ? 'No search has been made yet: forecastlab-train search.' : table };
  },
});

export const runsShow = defineCommand({
  path: ['runs', 'show'],
  summary: 'Show what came of a search',
  examples: ['runs show stage1', 'runs show stage1 --json'],
  positionals: { run: RUN },
  options: {},
  async run({ run }, context) {
    const store = await openStore(context.store, context);
    const report = await readReport(store, runPaths(run).report);
    return { json: { folder: store.describe(runPaths(run).folder), ...report }, text: `${formatSearchSummary(report)}\n\nReport: ${store.describe(runPaths(run).file('report.html'))}` };
  },
});

export const runsCompare = defineCommand({
  path: ['runs', 'compare'],
  summary: 'Set two searches side by side',
  description: 'Compares two finished runs candidate by candidate: the scores of each, and on the bars that both predicted the log-loss skill of the second against the first, with its 95 % interval.',
  examples: ['runs compare stage1 stage2'],
  positionals: { first: RUN, second: option.string({ describe: 'Name of another run.', placeholder: 'RUN', required: true }) },
  options: {},
  async run({ first, second }, context) {
    const comparison = await compareRuns(await openStore(context.store, context), first, second);
    const beside = (pick: (candidate: ComparedCandidate['first']) => string) => (row: ComparedCandidate) => `${pick(row.first)} | ${pick(row.second)}`;
    const table = formatTable(comparison.candidates, [
      { header: 'candidate', value: ({ name }) => name },
      { header: 'median F1', value: beside(({ medians }) => medians.f1.toFixed(3)), align: 'right' },
      { header: 'skill', value: beside(({ skill }) => percent(skill.skill)), align: 'right' },
      { header: 'adjusted p', value: beside(({ adjustedPValue }) => (adjustedPValue === null ? '-' : adjustedPValue.toFixed(3))), align: 'right' },
      { header: 'common bars', value: ({ commonRows, isOtherQuestion }) => (isOtherQuestion ? 'other labels' : commonRows), align: 'right' },
      { header: 'log loss there', value: ({ firstLogLoss, secondLogLoss }) => (firstLogLoss === null || secondLogLoss === null ? '-' : `${firstLogLoss.toFixed(3)} | ${secondLogLoss.toFixed(3)}`), align: 'right' },
      { header: `${second} against ${first}`, value: gainText, align: 'right' },
    ]);
    const missing = [
      ...(comparison.onlyInFirst.length > 0 ? [`Only in ${first}: ${comparison.onlyInFirst.join(', ')}.`] : []),
      ...(comparison.onlyInSecond.length > 0 ? [`Only in ${second}: ${comparison.onlyInSecond.join(', ')}.`] : []),
    ];
    return { json: comparison, text: [`${first} | ${second}`, '', table, ...missing].join('\n') };
  },
});

function gainText({ gain }: ComparedCandidate): string {
  if (gain === null) return '-';
  return gain.interval === null ? percent(gain.skill) : `${percent(gain.skill)} (${percent(gain.interval[0])} to ${percent(gain.interval[1])})`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.replace(/^-0\.0 /, '0.0 ');

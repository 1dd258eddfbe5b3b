// forecastlab-train trials: all that was tried, as the tests of skill count it.
import { defineCommand, formatTable, openStore } from '@forecastlab/core/node';
import { listTrials } from '../trials/list-trials.js';
import { TRIAL_KINDS } from '../trials/trial.js';

export const trials = defineCommand({
  path: ['trials'],
  summary: 'Count what was tried on each market',
  description: 'Counts the distinct trials of searches, evidence runs, bundles and importances: a candidate with its settings, once however often it was repeated. They are kept in outputs/trials.jsonl, which outlives the folders of the runs, and every test of skill allows for them.',
  examples: ['trials', 'trials --json'],
  options: {},
  async run(_, context) {
    const listed = await listTrials(await openStore(context.store, context), context.log);
    const table = formatTable(listed.markets, [
      { header: 'market', value: ({ symbol, interval }) => `${symbol} ${interval}` },
      { header: 'trials', value: (market) => market.trials, align: 'right' },
      ...TRIAL_KINDS.map((kind) => ({ header: kind, value: ({ byKind }: (typeof listed.markets)[number]) => byKind[kind], align: 'right' as const })),
      { header: 'runs', value: ({ runs }) => runs.length, align: 'right' },
    ]);
    return { json: listed, text: listed.markets.length === 0 ? 'Nothing has been tried yet: forecastlab-train search.' : table };
  },
});

// forecastlab-train retrain: a challenger by a policy, made active only when it is not worse than the champion.
import { CONSISTENCIES, SYMBOL_WEIGHTINGS } from '@forecastlab/core';
import { defineCommand, openAlerts, openRunLog, openStore, option } from '@forecastlab/core/node';
import { readCodeVersion } from '../code-version.js';
import { readCandidateList } from '../read-candidate-list.js';
import { formatRetrain } from '../retrain/format-retrain.js';
import { POLICIES } from '../retrain/policy.js';
import { recordedRetrain } from '../retrain/recorded-retrain.js';
import { type RetrainOutcome, runRetrain } from '../retrain/run-retrain.js';
import { LEADER_OPTION, TRAINING_OPTIONS } from './shared-options.js';

/** Twelve blocks of three weeks: five blocks of bootstrap, the least for an interval, with horizons of up to 25 bars. */
const GATE_ROWS = 252;

export const retrain = defineCommand({
  path: ['retrain'],
  summary: 'Train a challenger when the policy asks for one, and activate it when it is not worse',
  description:
    'Looks whether a challenger is due by the policy, trains it on the stored bars by the recipe of the active bundle, publishes it and compares both recipes, each with the age of its bundle, on the same newest labelled rows with purged training. The challenger becomes active when its mean log loss is not higher; otherwise it is kept, with the reason in promotions.jsonl. Running again changes nothing; a run that was killed is completed. Exit 75: it is due and the newest bars are not stored yet, so update them first.',
  examples: ['retrain --policy weekly', 'retrain --policy daily --keep 30', 'retrain --policy monthly --dry-run', 'retrain --force --preset small-data', 'retrain --policy weekly --margin 0.002 --json'],
  options: {
    policy: option.choice(POLICIES, { describe: 'When a challenger is due: never (fixed), or with the bars that close a UTC day, a week (Monday 00:00) or a month. What was missed makes one challenger.', default: 'fixed' }),
    force: option.boolean({ describe: 'Retrain although nothing is due.' }),
    dryRun: option.boolean({ describe: 'Say what would happen, and write nothing.' }),
    gateRows: option.integer({ describe: 'Compare on the newest N labelled bars.', default: GATE_ROWS, min: 21, max: 100_000 }),
    margin: option.number({ describe: 'Log loss, in nats, by which the challenger may be worse and still become active.', default: 0, min: 0, max: 10 }),
    keep: option.integer({ describe: 'Keep the newest N declined challengers and remove older ones; never one that was active or that a prediction names. Default: keep all.', min: 0, max: 100_000 }),
    data: option.files({ describe: 'Files of klines in the order of the bundle\'s markets. Default: the stored bars.' }),
    candidates: option.list({ describe: 'Other candidates than the active bundle\'s; it must answer those too.', placeholder: 'LIST|@FILE' }),
    ...TRAINING_OPTIONS,
    leader: LEADER_OPTION,
    symbolWeights: option.choice(SYMBOL_WEIGHTINGS, { describe: 'What a market of several counts by in training. Default: as in the active bundle.' }),
    classWeights: option.choice(['none', 'balanced'], { describe: 'Weight of the classes in training. Default: as in the active bundle.' }),
    consistency: option.choice(CONSISTENCIES, { describe: 'Whether the answers of a day are made to agree. Default: as in the active bundle.' }),
    window: option.integer({ describe: 'Train on the last N labelled rows. Default: as the active bundle.', min: 1 }),
    seed: option.integer({ describe: 'Seed of everything random. Default: the active bundle\'s.', min: 0, max: 0xffffffff }),
  },
  async run(options, context) {
    const store = await openStore(context.store, context);
    const { policy, force, dryRun, gateRows, margin, keep, data, candidates, ...changes } = options;
    const request = {
      store,
      policy,
      isForced: force,
      isDryRun: dryRun,
      gateRows,
      margin,
      keep,
      data,
      changes: { ...changes, ...(candidates === undefined ? {} : { candidates: (await readCandidateList(candidates, context)).map(({ name }) => name) }) },
      code: await readCodeVersion(context.program.version),
      context,
    };
    const surroundings = {
      store,
      alerts: openAlerts(context, store),
      openLog: (runId: string) => openRunLog(context, { job: 'retrain', runId }),
      nowMs: () => context.nowMs(),
      random: Math.random,
      warn: (text: string) => context.log(`warning: ${text}`),
      facts: { version: context.program.version, policy, force, gate_rows: gateRows, margin, keep: keep ?? null },
    };
    const outcome = dryRun ? await runRetrain(request) : await recordedRetrain(surroundings, () => runRetrain(request));
    for (const note of outcome.notes) context.log(`warning: ${note}`);
    return { json: jsonOf(outcome), text: formatRetrain(outcome) };
  },
});

function jsonOf({ due, ...outcome }: RetrainOutcome): object {
  return { ...outcome, due: { isDue: due.isDue, reason: due.reason, next: due.nextDueMs === null ? null : new Date(due.nextDueMs).toISOString() } };
}

// forecastlab-predict backfill: predict past days that have no prediction, from what was knowable then.
import { optionError } from '@forecastlab/core';
import { defineCommand, openStore, option } from '@forecastlab/core/node';
import { backfill, type BackfillReport, type BackfillRequest } from '../missed-days/backfill.js';
import { formatBackfill } from '../report/format-backfill.js';
import { factsOfDays } from '../run/record-facts.js';
import { operatedRun } from './operated-run.js';

export const backfillCommand = defineCommand({
  path: ['backfill'],
  summary: 'Predict past days that have no prediction, from what was knowable then.',
  description:
    'Goes from the newest day to the oldest. Each day is predicted with the bundle that was active when it was due, or, where none was, the first bundle that was ever active and had not seen the day in training; from bars up to that day. The files are marked as backfilled. Days that have a prediction keep it, damaged ones are kept aside and made again, days that cannot be predicted are named. Run it again to go on where the limit stopped it.',
  examples: ['backfill --from 2025-01-01 --to 2025-01-31', 'backfill --from 2025-01-01 --to 2025-01-31 --dry-run', 'backfill --from 2024-01-01 --to 2024-12-31 --limit 366', 'backfill --from 2025-01-01 --to 2025-01-31 --bundle flow_T21X8_20241231'],
  options: {
    from: option.string({ describe: 'First UTC date.', placeholder: 'DATE' }),
    to: option.string({ describe: 'Last UTC date.', placeholder: 'DATE' }),
    symbols: option.list({ describe: 'Markets. Default: those of the active bundle whose klines are stored.', placeholder: 'LIST' }),
    bundle: option.string({ describe: 'Bundle for all days; days that its training has seen are refused. Default: for each day the one that was active when it was due.', placeholder: 'NAME' }),
    limit: option.integer({ describe: 'At most so many predictions.', default: 60, min: 1, max: 10_000 }),
    allowMissingLeader: option.boolean({ describe: 'As of `run`.' }),
    dryRun: option.boolean({ describe: 'Say what would be written, and write nothing.' }),
  },
  async run({ from, to, symbols, bundle, limit, allowMissingLeader, dryRun }, context) {
    if (from === undefined || to === undefined) throw optionError('backfill', from === undefined ? 'from' : 'to', 'given', undefined, 'For example --from 2025-01-01 --to 2025-01-31.');
    const store = await openStore(context.store, context);
    const request: BackfillRequest = { store, nowMs: context.nowMs(), from, to, symbols, bundleName: bundle, limit, allowMissingLeader, isDryRun: dryRun, signal: context.signal };
    const report: BackfillReport = dryRun
      ? await backfill(request)
      : await operatedRun<BackfillReport>(context, {
          store,
          job: 'backfill',
          facts: { version: context.program.version, from, to, symbols, bundle, limit, allowMissingLeader },
          describe: (done) => ({ exitCode: done.exitCode, facts: { ...factsOfDays(done), there: done.there, left: done.left, answers: done.records } }),
          work: () => backfill(request),
          // whoever calls it sees what failed
          tell: () => Promise.resolve(),
          tellBroken: () => Promise.resolve(),
        });
    const { filled, skipped, failed, there, left, exitCode } = report;
    return { json: { filled, skipped, failed, there, left, dry_run: report.isDryRun }, text: formatBackfill(report, (path) => store.describe(path)), exitCode };
  },
});

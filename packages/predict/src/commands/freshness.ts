// forecastlab-predict freshness: exit 1 when the newest expected prediction is missing.
import { defineCommand, openAlerts, openStore, option } from '@forecastlab/core/node';
import { checkFreshness } from '../freshness/check-freshness.js';
import { formatFreshness } from '../freshness/format-freshness.js';
import { tellFreshness } from '../freshness/tell-freshness.js';

export const freshnessCommand = defineCommand({
  path: ['freshness'],
  summary: 'Exit 1 when the newest expected prediction is missing.',
  description:
    'For monitors: exit 0 when the newest prediction that should be there by the deadline is there and whole, exit 1 when one is missing, damaged or of another bar, or no bundle is active. Until the deadline of today the day before counts. Which markets and bars is read from the description of the active bundle; no model is loaded. One that was made later (backfilled) counts, and is told.',
  examples: ['freshness', 'freshness --deadline 09:00+08:00', 'freshness --alert --json'],
  options: {
    deadline: option.string({ describe: 'Time of day with its zone by which the prediction of the bar that closed last must be there, such as 01:00Z or 09:00+08:00.', default: '01:00Z', placeholder: 'TIME' }),
    symbols: option.list({ describe: 'Markets, for a bundle of several. Default: those whose klines are stored or that have been predicted before.', placeholder: 'LIST' }),
    alert: option.boolean({ describe: 'Tell what is missing by the alerts of the configuration too, and that it is there again.' }),
  },
  async run({ deadline, symbols, alert }, context) {
    const store = await openStore(context.store, context);
    const report = await checkFreshness(store, { deadline, symbols, nowMs: context.nowMs() });
    if (alert) await tellFreshness(openAlerts(context, store), report);
    return { json: report, text: formatFreshness(report), exitCode: report.fresh ? 0 : 1 };
  },
});

// What `freshness` found, for people.
import { formatTable } from '@forecastlab/core/node';
import type { FreshnessReport } from './check-freshness.js';
import type { MarketFreshness } from './check-market.js';

const WORDS: Readonly<Record<MarketFreshness['status'], string>> = { fresh: 'there', missing: 'MISSING', damaged: 'DAMAGED', 'other-market': 'OF ANOTHER MARKET' };

export function formatFreshness({ fresh, asof_date, deadline_at, deploy_name, markets, problems, notes, last_run }: FreshnessReport): string {
  const lines = [
    fresh ? `Fresh: the prediction${markets.length === 1 ? '' : 's'} of ${String(asof_date)} ${markets.length === 1 ? 'is' : 'are'} there.` : `NOT FRESH${asof_date === null ? '.' : `: of ${asof_date}, due since ${String(deadline_at)}, bundle ${String(deploy_name)}.`}`,
    ...(markets.length === 0
      ? []
      : [
          formatTable(markets, [
            { header: 'market', value: ({ symbol }) => symbol },
            { header: 'expected', value: (market) => market.asof_date },
            { header: 'is', value: ({ status, backfilled }) => `${WORDS[status]}${backfilled ? ', backfilled' : ''}` },
            { header: 'newest', value: ({ newest }) => newest ?? 'none' },
            { header: 'age', value: ({ age_hours: age }) => (age === null ? '' : `${age} h`), align: 'right' },
          ]),
        ]),
    ...markets.flatMap(({ reason }) => (reason === null ? [] : [reason])),
    ...problems,
    ...notes.map((note) => `note: ${note}`),
    sayRun(last_run),
  ];
  return `${lines.join('\n')}\n`;
}

function sayRun(run: FreshnessReport['last_run']): string {
  if (run === null) return 'No run has left a record.';
  const end = run.finished_at === null ? 'has not ended, or was killed' : `ended with exit code ${String(run.exit_code)}`;
  return `The last run began ${run.started_at} and ${end}.`;
}

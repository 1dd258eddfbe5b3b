// Tells a person of a prediction that is missing, and that it is there again.
import type { Alerts } from '@forecastlab/core/node';
import type { FreshnessReport } from './check-freshness.js';

/** Raises and resolves `missing-prediction:<SYMBOL>`, or `missing-prediction` without a bundle. Never fails. */
export async function tellFreshness(alerts: Alerts, { markets, problems, deadline_at, last_run }: FreshnessReport): Promise<void> {
  if (markets.length === 0) {
    await alerts.raise({ kind: 'missing-prediction', key: 'missing-prediction', severity: 'error', title: 'No prediction can be expected: no bundle is active.', text: problems.join(' '), details: { last_run } });
    return;
  }
  await alerts.resolve('missing-prediction', { title: 'A bundle is active again.' });
  for (const { symbol, status, asof_date, reason, path } of markets) {
    const key = `missing-prediction:${symbol}`;
    if (status === 'fresh') await alerts.resolve(key, { title: `The prediction of ${symbol} for ${asof_date} is there.` });
    else {
      await alerts.raise({
        kind: 'missing-prediction',
        key,
        severity: 'error',
        title: `The prediction of ${symbol} for ${asof_date} is ${status === 'missing' ? 'missing' : 'not usable'}.`,
        text: `${reason ?? ''} It was due ${String(deadline_at)}. forecastlab-predict run makes it, and says what is in the way.`,
        details: { symbol, asof_date, status, path, last_run },
      });
    }
  }
}

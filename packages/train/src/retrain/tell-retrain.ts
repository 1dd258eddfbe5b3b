// What a person must hear of a retraining, and when it is over. One key for each trouble: `bundle-fallback:…` is the one that predictions raise
// and resolve too.
import { isForecastLabError } from '@forecastlab/core';
import type { Alerts } from '@forecastlab/core/node';
import type { RetrainOutcome } from './run-retrain.js';

/** So many challengers in a row that were not better than what is there: the recipe has stopped learning, or the gate asks too much. */
const STALE_AFTER_DECLINES = 4;
/** Runs of bad luck last for weeks: neighbouring comparisons share most of their rows. */
const STALE_AFTER_MS = 90 * 86_400_000;

/** Tells what came of a retraining that ended well. `nowMs`: UTC milliseconds. */
export async function tellOutcome(alerts: Alerts, { status, champion, challenger, judgement, declinesInARow, fallback, standsInFor }: RetrainOutcome, nowMs: number): Promise<void> {
  await alerts.resolve('retrain-failed', { title: 'Retraining works again.' });
  await alerts.resolve('retrain-overdue', { title: 'The bars that retraining waited for are there.' });
  if (fallback !== null) {
    const title = standsInFor === null ? `Which bundle is active cannot be read; ${champion.name} stands in.` : `The active bundle ${standsInFor} failed its checks; ${champion.name} stands in.`;
    await alerts.raise({ kind: 'bundle-fallback', key: `bundle-fallback:${standsInFor ?? 'pointer'}`, severity: 'error', title, text: fallback });
  }
  if (status === 'declined' && challenger !== null) {
    await alerts.raise({ kind: 'challenger-declined', key: 'challenger-declined', severity: 'info', title: `${challenger.name} was not made active; ${champion.name} stays.`, text: judgement?.why });
  }
  if (declinesInARow >= STALE_AFTER_DECLINES && nowMs - Date.parse(champion.cutOff) >= STALE_AFTER_MS) {
    await alerts.raise({ kind: 'stale-recipe', key: 'stale-recipe', severity: 'warning', title: `The last ${declinesInARow} challengers were declined; ${champion.name} has seen bars up to ${champion.cutOff.slice(0, 10)} only.`, text: 'Look at the reasons with forecastlab-train models history. Another recipe (forecastlab-train search) may be due, or a larger margin: forecastlab-train retrain --force --margin NATS judges by it at once.' });
  }
  if (status !== 'activated') return;
  for (const key of ['challenger-declined', 'stale-recipe']) await alerts.resolve(key, { title: `${challenger?.name ?? 'A challenger'} was made active.` });
}

/** Tells why it failed. What may come right by itself is told once it is overdue. */
export async function tellBroken(alerts: Alerts, error: unknown): Promise<void> {
  const known = isForecastLabError(error) ? error : undefined;
  const [code, message] = [known?.code ?? 'FAILED', known?.message ?? String(error)];
  if (code === 'INTERRUPTED') return;
  const told = { text: known?.hint, details: { code, message } };
  if (code !== 'TEMPORARY') await alerts.raise({ kind: 'retrain-failed', key: 'retrain-failed', severity: 'error', title: `Retraining failed: ${message}`, ...told });
  else if (known?.details.isOverdue === true) await alerts.raise({ kind: 'retrain-overdue', key: 'retrain-overdue', severity: 'warning', title: `Retraining waits for bars that do not come: ${message}`, ...told });
}

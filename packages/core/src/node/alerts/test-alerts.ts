// Sends an alert to every target to see whether it arrives.
import type { CommandContext } from '../command/command-context.js';
import { createRedactor } from '../logging/create-redactor.js';
import type { ArtifactStore } from '../store/index.js';
import { alertTargets } from './alert-target.js';
import { readAlertsConfig } from './alerts-config.js';
import { deliverNotes } from './deliver-notes.js';
import { makeNote } from './make-note.js';
import { openTimeBudget } from './time-budget.js';

/** What came of it at one target. */
export interface AlertTest {
  /** `webhook 1 (slack, hooks.slack.com)` */
  readonly target: string;
  readonly arrived: boolean;
  /** Why it did not arrive; null when it did. */
  readonly reason: string | null;
}

/**
 * Sends a test to every target of the configuration, whatever its least severity. Nothing is held back, kept or tried again later.
 * @throws BAD_OPTION when the configuration is wrong
 */
export async function testAlerts(context: CommandContext, store: ArtifactStore): Promise<AlertTest[]> {
  const { targets, secrets } = alertTargets(readAlertsConfig(context), context);
  const redactor = createRedactor(context.env, { secrets });
  const note = makeNote({ kind: 'test', key: 'test', severity: 'info', title: 'A test of the alerts of ForecastLab', text: 'Whoever reads this hears of trouble with the daily prediction.' }, 'test', { context, store });
  const results = await deliverNotes([{ note, targets }], openTimeBudget(context.signal));
  return results.map(({ target, why }) => ({ target: target.label, arrived: why === null, reason: why === null ? null : redactor.text(why, 500) }));
}

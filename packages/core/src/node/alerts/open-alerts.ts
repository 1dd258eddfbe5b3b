// Alerts as the configuration asks for them.
import type { CommandContext } from '../command/command-context.js';
import type { ArtifactStore } from '../store/index.js';
import type { Alerts } from './alert.js';

/** The alerts of `alerts` in forecastlab.config.json; without that key they are lines of the log only. */
export function openAlerts(context: CommandContext, _store: ArtifactStore): Alerts {
  return {
    async raise(alert) {
      context.log(`alert: ${alert.title}`);
    },
    async resolve() {},
  };
}

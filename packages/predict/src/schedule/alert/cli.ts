// The process that tells one alert of the scheduler: reads it from standard input.
import { text } from 'node:stream/consumers';
import { defineCommand, openAlerts, openStore, runAsMain } from '@forecastlab/core/node';
import { version } from '../../../package.json';
import type { AlertMessage } from '../daemon/tell-alert.js';

const tell = defineCommand({
  path: ['tell'],
  summary: 'Tell an alert.',
  options: {},
  async run(_options, context) {
    const message = JSON.parse(await text(process.stdin)) as AlertMessage;
    const alerts = openAlerts(context, await openStore(context.store, context));
    if (message.action === 'raise') await alerts.raise(message);
    else await alerts.resolve(message.key, { title: message.title });
    return { json: { told: message.key }, text: '' };
  },
});

await runAsMain({ name: 'forecastlab-predict', version, summary: 'Tells an alert of the scheduler.', commands: [tell] });

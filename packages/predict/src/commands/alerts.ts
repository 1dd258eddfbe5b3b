// forecastlab-predict alerts: what goes on, and whether alerts arrive.
import { type Command, defineCommand, formatTable, openStore, readOpenAlerts, testAlerts } from '@forecastlab/core/node';

export const alertCommands: readonly Command[] = [
  defineCommand({
    path: ['alerts', 'list'],
    summary: 'Print the troubles that were told and are not over.',
    options: {},
    async run(_options, context) {
      const { open, pending, isDamaged } = await readOpenAlerts(await openStore(context.store, context));
      const table = formatTable(open, [
        { header: 'since', value: ({ since }) => since.slice(0, 16).replace('T', ' ') },
        { header: 'severity', value: ({ severity }) => severity },
        { header: 'key', value: ({ key }) => key },
        { header: 'held back', value: ({ held }) => held },
        { header: 'what', value: ({ title }) => title },
      ]);
      const notes = [...(isDamaged ? ['outputs/alerts/state.json is damaged; the next alert begins a new one.'] : []), ...(pending > 0 ? [`${pending} could not be delivered yet; the next alert tries again.`] : [])];
      return { json: { open, pending, damaged: isDamaged }, text: [open.length === 0 ? 'Nothing goes on.' : table, ...notes].join('\n') };
    },
  }),
  defineCommand({
    path: ['alerts', 'test'],
    summary: 'Send a test to every webhook and command; exit 1 when one did not get it.',
    description: 'Sends a test to every target in "alerts" of forecastlab.config.json, whatever its least severity, and says which got it. Nothing of it is kept.',
    options: {},
    async run(_options, context) {
      const results = await testAlerts(context, await openStore(context.store, context));
      const lines = results.map(({ target, reason }) => `${target}: ${reason === null ? 'arrived' : `NOT ARRIVED, ${reason}`}`);
      return { json: { targets: results }, text: lines.length === 0 ? 'No webhook and no command is set up: see "alerts" in docs/alerts.md.' : lines.join('\n'), exitCode: results.length > 0 && results.every(({ arrived }) => arrived) ? 0 : 1 };
    },
  }),
];

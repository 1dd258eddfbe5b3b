// forecastlab-viz serve: the dashboard until Ctrl-C.
import { defineCommand, option } from '@forecastlab/core/node';
import { isLocalHost } from '../server/access.js';
import { DEFAULT_PORT, startServer } from '../server/start-server.js';
import { DATA_OPTIONS } from './data-options.js';
import { dashboardLoader } from './dashboard-loader.js';

/** A shorter token than this can be guessed from outside. */
const SHORT_TOKEN = 16;

export const serve = defineCommand({
  path: ['serve'],
  summary: 'Serve the dashboard on this machine until Ctrl-C.',
  description: 'Serves the dashboard: what the active bundle says today, what its answers are worth, signals over price, probabilities over time. Read-only.',
  examples: ['serve', 'serve --port 0 --days 365', 'serve --host 0.0.0.0 --token "$(openssl rand -hex 24)"'],
  options: {
    ...DATA_OPTIONS,
    host: option.string({ describe: 'Address to listen on; one that others can reach needs --token.', default: '127.0.0.1', placeholder: 'ADDRESS' }),
    port: option.integer({ describe: 'Port to listen on; 0 picks a free one.', default: DEFAULT_PORT, min: 0, max: 65_535 }),
    token: option.string({ describe: 'Secret that readers must give, once as ?token=T or as a bearer header. Better set as FORECASTLAB_TOKEN.', placeholder: 'T' }),
  },
  async run(options, context) {
    const load = await dashboardLoader(options, context);
    // A file that was named and is wrong ends the call now, not with the first reader.
    if (options.data !== undefined) await load({ days: options.days });
    const server = await startServer({
      load,
      nowMs: () => context.nowMs(),
      host: options.host,
      port: options.port,
      days: options.days,
      ...(options.token === undefined ? {} : { token: options.token }),
      signal: context.signal,
      log: (line) => context.log(line),
    });
    if (options.token !== undefined && options.token.length < SHORT_TOKEN && !isLocalHost(options.host)) {
      context.log(`The token is short: use at least ${SHORT_TOKEN} random characters on an address that others can reach.`);
    }
    context.log(`Dashboard: ${server.url}${options.token === undefined ? '' : '?token=… (the token you set)'}`);
    context.log('Stop with Ctrl-C.');
    await server.closed;
    return { json: { url: server.url, port: server.port, stopped: true }, text: '' };
  },
});

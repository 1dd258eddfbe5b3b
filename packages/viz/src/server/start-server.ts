// Puts the web application on a socket, and takes it off again.
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { ForecastLabError, optionError } from '@forecastlab/core';
import { checkAccessOptions } from './access.js';
import { createApp } from './create-app.js';
import { createDashboardSource, type DashboardLoader } from './dashboard-source.js';
import { loadPageAssets } from './page-assets.js';

export interface ServerOptions {
  /** What the page shows; called again when an answer is older than a few seconds. */
  readonly load: DashboardLoader;
  /** UTC milliseconds. */
  readonly nowMs: () => number;
  /** Address to listen on. Default: 127.0.0.1. Any address that others can reach needs a token. */
  readonly host?: string;
  /** 0 picks a free one. Default: 4173. */
  readonly port?: number;
  readonly token?: string;
  /** Bars shown when a request does not say, from 10 to 5000. Default: 180. */
  readonly days?: number;
  /** Folder of the built page. Default: the one that is shipped. */
  readonly pageFolder?: string;
  /** Aborting it closes the server. */
  readonly signal?: AbortSignal;
  /** Gets one line for each request that failed on our side. */
  readonly log?: (line: string) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:4173/`, without the token. */
  readonly url: string;
  readonly port: number;
  /** Resolves once the server is closed, by `close` or by the signal. */
  readonly closed: Promise<void>;
  /** Ends open connections and frees the port. May be called more than once. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4173;
export const DEFAULT_DAYS = 180;

/**
 * Starts the dashboard.
 * @throws BAD_OPTION for an address without token or that cannot be used, CONFLICT when the port is taken,
 * FAILED when the page is not built
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1';
  const port = options.port ?? DEFAULT_PORT;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw optionError('startServer', 'port', 'an integer from 0 to 65535', port);
  checkAccessOptions(host, options.token);
  const assets = await loadPageAssets(options.pageFolder);
  const app = createApp({
    load: createDashboardSource(options.load, { nowMs: options.nowMs }),
    assets,
    days: options.days ?? DEFAULT_DAYS,
    ...(options.token === undefined ? {} : { token: options.token }),
    ...(options.log === undefined ? {} : { log: options.log }),
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host.replace(/^\[(.*)\]$/, '$1'), resolve);
  });
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const close = (): Promise<void> => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    return closed;
  };
  if (options.signal?.aborted === true) await close();
  else options.signal?.addEventListener('abort', () => void close(), { once: true });
  const address = server.address() as AddressInfo | null;
  const usedPort = address?.port ?? port;
  return { url: `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${usedPort}/`, port: usedPort, closed, close };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ForecastLabError {
  const details = { host, port };
  switch (error.code) {
    case 'EADDRINUSE':
      return new ForecastLabError('CONFLICT', `Port ${port} on ${host} is taken by another program.`, { hint: `Choose another with --port N (0 picks a free one), or open http://${host}:${port}/: perhaps this dashboard runs already.`, details, cause: error });
    case 'EACCES':
      return new ForecastLabError('BAD_OPTION', `This user may not listen on port ${port}.`, { hint: 'Choose a port above 1023 with --port N.', details, cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ForecastLabError('BAD_OPTION', `This machine has no address ${host}.`, { hint: 'Use --host 127.0.0.1, or --host 0.0.0.0 with --token T.', details, cause: error });
    default:
      return new ForecastLabError('FAILED', `The server cannot listen on ${host}, port ${port}: ${error.message}.`, { details, cause: error });
  }
}

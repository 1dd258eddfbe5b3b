// From a command's options to the loader of what it shows.
import { ForecastLabError } from '@forecastlab/core';
import { type CommandContext, openFolderStore } from '@forecastlab/core/node';
import { loadDashboard } from '../data/load-dashboard.js';
import type { DashboardLoader } from '../server/dashboard-source.js';

export interface MarketOptions {
  readonly data?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
}

/**
 * Loads the dashboard's data of the store and market that the command was given; each call reads anew.
 * @throws BAD_OPTION for a store that is not a folder
 */
export function dashboardLoader(options: MarketOptions, context: CommandContext): DashboardLoader {
  if (/^[a-z][a-z0-9+.-]*:\/\//.test(context.store)) {
    throw new ForecastLabError('BAD_OPTION', `The store ${context.store} cannot be opened: this version keeps artifacts in folders.`, { hint: 'Give --store DIR, or leave it away to use the root.' });
  }
  const store = openFolderStore(context.store);
  return ({ days }) => loadDashboard({ store, nowMs: context.nowMs(), days, dataFile: options.data, symbol: options.symbol, interval: options.interval });
}

// From a command's options to the loader of what it shows.
import { type CommandContext, openFolderStore } from '@forecastlab/core/node';
import { loadDashboard } from '../data/load-dashboard.js';
import type { DashboardLoader } from '../server/dashboard-source.js';

export interface MarketOptions {
  readonly data?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
}

/** Loads the dashboard's data of the store and market that the command was given; each call reads anew. */
export function dashboardLoader(options: MarketOptions, context: CommandContext): DashboardLoader {
  const store = openFolderStore(context.store);
  return ({ days }) =>
    loadDashboard({ store, nowMs: context.nowMs(), days, dataFile: options.data, symbol: options.symbol, interval: options.interval });
}

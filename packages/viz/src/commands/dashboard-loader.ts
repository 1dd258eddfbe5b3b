// From a command's options to the loader of what it shows.
import { type CommandContext, openStore } from '@forecastlab/core/node';
import { loadDashboard } from '../data/load-dashboard.js';
import type { DashboardLoader } from '../server/dashboard-source.js';

export interface MarketOptions {
  readonly data?: string | undefined;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
}

/**
 * Loads the dashboard's data of the store and market that the command was given; each call reads anew.
 * @throws BAD_OPTION for a store that is neither a folder nor a bucket
 */
export async function dashboardLoader(options: MarketOptions, context: CommandContext): Promise<DashboardLoader> {
  const store = await openStore(context.store, context);
  return ({ days }) => loadDashboard({ store, nowMs: context.nowMs(), days, dataFile: options.data, symbol: options.symbol, interval: options.interval });
}

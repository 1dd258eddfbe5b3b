// The exchange and its archives with all that they need of this machine: network, clock, a folder for downloads.
import { join } from 'node:path';
import { optionError } from '../../../errors.js';
import { type Dumps, openDumps } from '../../dumps/index.js';
import { type Exchange, openExchange, storedBanNote } from '../../exchange/index.js';
import { createHttpClient } from '../../http/create-http-client.js';
import { sleep } from '../../http/sleep.js';
import type { ArtifactStore } from '../../store/artifact-store.js';
import type { Venue } from '../raw-klines-path.js';

export interface SourcesOptions {
  /** Where a ban of the exchange is remembered. Downloads lie in its `data/downloads` until their bars are stored. */
  readonly store: ArtifactStore;
  /** A folder of this machine, for downloads when the store is none. */
  readonly root: string;
  /** Default: `spot`. */
  readonly venue?: Venue;
  /**
   * Hosts of the exchange, in the order in which they are asked. Default: its own. Whoever names hosts names the only ones that are
   * asked: archives are then looked for at the first of them too, unless `dumpsUrl` names another.
   */
  readonly baseUrls?: readonly string[] | undefined;
  /** Default: https://data.binance.vision */
  readonly dumpsUrl?: string | undefined;
  /** UTC ms. Default: this machine's clock. */
  nowMs?(): number;
  /** Ends everything; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Told about waits, other hosts and refused archives. Default: nobody. */
  log?(text: string): void;
}

export interface Sources {
  readonly exchange: Exchange;
  readonly dumps: Dumps;
}

/** @throws BAD_OPTION for an address that is none */
export function openSources(options: SourcesOptions): Sources {
  const { store, root, venue = 'spot', baseUrls, signal, nowMs = () => Date.now(), log = () => undefined } = options;
  for (const url of [...(baseUrls ?? []), ...(options.dumpsUrl === undefined ? [] : [options.dumpsUrl])]) checkUrl(url);
  const dumpsUrl = options.dumpsUrl ?? baseUrls?.[0];
  const isFolder = !store.describe().includes('://');
  const common = { http: createHttpClient(), nowMs, sleep, random: Math.random, log, ...(signal === undefined ? {} : { signal }) };
  return {
    exchange: openExchange({ ...common, venue, bans: storedBanNote(store, { venue }), ...(baseUrls === undefined ? {} : { baseUrls }) }),
    dumps: openDumps({ ...common, folder: join(isFolder ? store.describe() : root, 'data', 'downloads', venue), ...(dumpsUrl === undefined ? {} : { baseUrl: dumpsUrl }) }),
  };
}

function checkUrl(url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw optionError('data update', 'base-url', 'an address such as https://data-api.binance.vision', url);
  }
}

// A store in a folder of its own, updated from a local exchange; clocks stand still and waits take no time.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ArtifactStore, createHttpClient, type KlinesManifest, type Market, type MarketUpdate, openDumps, openExchange, openFolderStore, storedBanNote, updateKlines, type UpdateKlinesOptions } from '@forecastlab/core/node';
import type { LocalExchange } from '../local-exchange/start-local-exchange.js';

export interface MarketRoot {
  readonly folder: string;
  readonly store: ArtifactStore;
  readonly log: string[];
  /** Sources anew for each update, as a process of its own has them. */
  open(): Pick<UpdateKlinesOptions, 'exchange' | 'dumps' | 'nowMs' | 'log'>;
  update(market: Market, options?: Partial<UpdateKlinesOptions>): Promise<MarketUpdate & { readonly requests: number; readonly weight: number }>;
  text(path: string): Promise<string>;
  manifest(stem: string): Promise<KlinesManifest>;
}

export async function marketRoot(exchange: LocalExchange): Promise<MarketRoot> {
  const folder = await mkdtemp(join(tmpdir(), 'market-root-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = openFolderStore(folder);
  const log: string[] = [];
  const http = createHttpClient();
  const common = { http, nowMs: () => exchange.nowMs(), sleep: exchange.sleep, random: () => 0.5, log: (text: string) => void log.push(text) };
  const open: MarketRoot['open'] = () => ({
    exchange: openExchange({ ...common, baseUrls: exchange.urls, monotonicMs: () => exchange.nowMs(), bans: storedBanNote(store) }),
    dumps: openDumps({ ...common, baseUrl: exchange.url, folder: join(folder, 'data/downloads') }),
    nowMs: common.nowMs,
    log: common.log,
  });
  return {
    folder,
    store,
    log,
    open,
    update: async (market, options = {}) => {
      const sources = open();
      const update = await updateKlines(store, market, { ...sources, ...options });
      const { requests, weight } = sources.exchange.usage();
      return { ...update, requests, weight };
    },
    text: (path) => readFile(join(folder, path), 'utf8'),
    manifest: async (stem) => JSON.parse(await readFile(join(folder, 'data/raw', `${stem}.manifest.json`), 'utf8')) as KlinesManifest,
  };
}

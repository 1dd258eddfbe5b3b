// Reads klines and makes their bars fit for use.
import { basename } from 'node:path';
import { type ParsedKlines, prepareKlines } from '@forecastlab/core';
import { type ArtifactStore, changedSinceStored, closingClockMs, isSampleSymbol, readKlinesFile, readStoredKlines } from '@forecastlab/core/node';
import type { KlinesPlace } from './locate-klines.js';
import type { DashboardMarket } from './market-view.js';

/**
 * The market at a place: closed bars only; of files that nobody vouches for, without a last bar that looks unfinished.
 * Null when the stored klines are gone.
 * @throws BAD_FILE naming file and row
 */
export async function readMarket(store: ArtifactStore, place: KlinesPlace, options: { readonly nowMs: number }): Promise<DashboardMarket | null> {
  const source = place.kind === 'file' ? await readFile(place) : await readStored(store, place);
  if (source === null) return null;
  const { parsed, path, synthetic, isVouchedFor, closedByMs, changed } = source;
  const prepared = prepareKlines(parsed, { serverTimeMs: closedByMs(options.nowMs), lastBar: isVouchedFor ? 'trust' : 'check' });
  return {
    symbol: place.symbol,
    interval: parsed.interval,
    intervalMs: parsed.intervalMs,
    synthetic,
    fileName: basename(path),
    klines: prepared.klines,
    warnings: [...(changed === undefined ? [] : [changed]), ...prepared.warnings].map(sentence),
  };
}

interface Source {
  readonly parsed: ParsedKlines;
  readonly path: string;
  readonly synthetic: boolean;
  /** Every bar is known to have been stored after its close. */
  readonly isVouchedFor: boolean;
  /** That stored klines were changed since they were stored. */
  readonly changed?: string | undefined;
  /** UTC ms: the clock by which they are closed, given this one. */
  closedByMs(nowMs: number): number;
}

async function readFile(place: KlinesPlace & { kind: 'file' }): Promise<Source> {
  const { parsed, path } = await readKlinesFile(place.path, place.interval === null ? {} : { interval: place.interval });
  return { parsed, path, synthetic: isSampleSymbol(place.symbol), isVouchedFor: false, closedByMs: (nowMs) => nowMs };
}

async function readStored(store: ArtifactStore, place: KlinesPlace & { kind: 'stored' }): Promise<Source | null> {
  const stored = await readStoredKlines(store, place);
  if (stored === undefined) return null;
  return { parsed: stored.parsed, path: stored.path, synthetic: stored.manifest?.synthetic ?? isSampleSymbol(place.symbol), isVouchedFor: stored.isVouchedFor, closedByMs: (nowMs) => closingClockMs(stored, nowMs), changed: changedSinceStored(stored, place) };
}

/** Warnings come as clauses; people read sentences. */
function sentence(warning: string): string {
  return `${warning.charAt(0).toUpperCase()}${warning.slice(1)}${/[.!?]$/.test(warning) ? '' : '.'}`;
}

// Reads a file of klines and makes its bars fit for use.
import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { ForecastLabError, parseKlinesCsv, prepareKlines, SAMPLE_SYMBOL } from '@forecastlab/core';
import type { KlinesPlace } from './locate-klines.js';
import type { Market } from './market-view.js';

/**
 * The market in a file: closed bars only, without a last bar that looks unfinished.
 * @throws BAD_FILE naming file and row
 */
export async function readMarket(place: KlinesPlace, options: { readonly nowMs: number }): Promise<Market> {
  const fileName = basename(place.path);
  const bytes = await readFile(place.path).catch((cause: unknown) => {
    throw new ForecastLabError('BAD_FILE', `The klines file ${place.path} cannot be read.`, { hint: 'Check its path.', cause });
  });
  const parsed = parseKlinesCsv(bytes, { fileName: place.path, ...(place.interval === null ? {} : { interval: place.interval }) });
  const prepared = prepareKlines(parsed, { serverTimeMs: options.nowMs, lastBar: place.isStored ? 'trust' : 'check' });
  return {
    symbol: place.symbol,
    interval: parsed.interval,
    intervalMs: parsed.intervalMs,
    synthetic: place.symbol === SAMPLE_SYMBOL,
    fileName,
    klines: prepared.klines,
    warnings: prepared.warnings.map(sentence),
  };
}

/** Warnings come as clauses; people read sentences. */
function sentence(warning: string): string {
  return `${warning.charAt(0).toUpperCase()}${warning.slice(1)}${/[.!?]$/.test(warning) ? '' : '.'}`;
}

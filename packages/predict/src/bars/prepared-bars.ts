// The closed bars of a market, ready to predict from.
import { basename } from 'node:path';
import { type BundleMeta, ForecastLabError, type Klines, prepareKlines } from '@forecastlab/core';
import { type ArtifactStore, symbolOfFileName } from '@forecastlab/core/node';
import { readBars } from './read-bars.js';

export interface PreparedBars {
  /** Closed bars, oldest first. */
  readonly klines: Klines;
  readonly path: string;
  /** True for stored klines. */
  readonly isStored: boolean;
  /** True when every bar is known to have been stored after its close. */
  readonly isVouchedFor: boolean;
  /** What was mended, dropped or is odd, as clauses. */
  readonly warnings: readonly string[];
}

/**
 * Reads the bars of `symbol`, checks that they are of that market and interval, and leaves out those that have not closed.
 * @throws BAD_FILE naming the file and the row, CORRUPT for stored ones that are damaged
 */
export async function readPreparedBars(request: { readonly store: ArtifactStore; readonly dataFile?: string | undefined; readonly symbol: string; readonly nowMs: number }, meta: BundleMeta): Promise<PreparedBars> {
  const { parsed, path, isStored, isVouchedFor, closedByMs, warnings } = await readBars(request, meta);
  checkMarket(meta, request.symbol, parsed.interval, path);
  const prepared = prepareKlines(parsed, { serverTimeMs: closedByMs(request.nowMs), lastBar: isVouchedFor ? 'trust' : 'check' });
  return { klines: prepared.klines, path, isStored, isVouchedFor, warnings: [...warnings, ...prepared.warnings] };
}

/** The file the bundle was trained on is its market whatever its name says; any other that names a market must name this one. */
function checkMarket(meta: BundleMeta, market: string, interval: string, path: string): void {
  const file = basename(path);
  const symbol = symbolOfFileName(file);
  const trained = meta.symbols?.find((own) => own.symbol === market) ?? meta.data;
  if (symbol !== null && symbol !== market && file !== trained.file) {
    throw new ForecastLabError('BAD_FILE', `${path} holds bars of ${symbol} by its name; ${meta.symbols === undefined ? `the bundle ${meta.deployName} was trained on ${market}` : `${market} was asked for`}.`, {
      hint: 'Give a file of the same market, or name another bundle with --bundle. A file whose name misleads can be renamed.',
      details: { file: path, symbol },
    });
  }
  if (interval === meta.interval) return;
  throw new ForecastLabError('BAD_FILE', `${path} holds bars of ${interval}; the bundle ${meta.deployName} was trained on bars of ${meta.interval}.`, {
    hint: 'Give a file of the same interval, or name another bundle with --bundle.',
    details: { file: path, interval },
  });
}

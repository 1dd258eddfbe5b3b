// Makes the bars of a file fit for use: in order, one per open time, closed ones only, without a last bar that is not final.
import { ForecastLabError } from '../errors.js';
import { checkKlines } from './check-klines.js';
import { closedKlines } from './closed-klines.js';
import { type Klines, klineCount, sliceKlines, takeKlines } from './klines.js';
import { looksUnfinished } from './looks-unfinished.js';
import type { ParsedKlines } from './parsed-klines.js';
import type { PreparedKlines } from './prepared-klines.js';
import type { QualityReport } from './quality-report.js';
import { orderRows } from './row-order.js';

export interface PrepareKlinesOptions {
  /** The exchange's clock, UTC milliseconds: bars that close later are left out. */
  readonly serverTimeMs: number;
  /**
   * `check` (default) leaves the last bar out when it looks recorded before its end (looksUnfinished);
   * `trust` keeps it: for bars that were stored only after the exchange's clock had passed their close.
   */
  readonly lastBar?: 'check' | 'trust';
}

/**
 * The bars fit for training and prediction, and what was mended on the way.
 * @throws BAD_FILE naming file and row when the report says that the bars are unusable, or none is closed
 */
export function prepareKlines(parsed: ParsedKlines, options: PrepareKlinesOptions): PreparedKlines {
  const report = checkKlines(parsed.klines, { intervalMs: parsed.intervalMs });
  if (!report.usable) throw refuse(parsed, report);
  const order = orderRows(parsed.klines);
  const unique = order.isOrdered ? parsed.klines : takeKlines(parsed.klines, order.unique);
  const closed = closedKlines(unique, options);
  const open = klineCount(unique) - klineCount(closed);
  const verdict = options.lastBar === 'trust' ? { unfinished: false, reasons: [] } : looksUnfinished(closed);
  const klines: Klines = verdict.unfinished ? sliceKlines(closed, 0, klineCount(closed) - 1) : closed;
  if (klineCount(klines) === 0) {
    throw new ForecastLabError('BAD_FILE', `${parsed.fileName}: no bar is closed at ${new Date(options.serverTimeMs).toISOString()}.`, { hint: 'Come back when the first bar has closed.', details: { file: parsed.fileName } });
  }
  const warnings = report.warnings.filter((warning) => !warning.startsWith('the last bar looks unfinished'));
  if (open > 0) warnings.push(`${open === 1 ? '1 bar has' : `${open} bars have`} not closed yet and ${open === 1 ? 'is' : 'are'} left out`);
  if (verdict.unfinished) warnings.push(`the last bar (${new Date(closed.openTimeMs[klineCount(closed) - 1]).toISOString().slice(0, 16)}Z) looks unfinished and is left out: ${verdict.reasons.join('; ')}`);
  return {
    klines,
    report,
    warnings,
    dropped: { duplicates: parsed.klines.openTimeMs.length - klineCount(unique), open, suspicious: verdict.unfinished ? 1 : 0 },
  };
}

function refuse(parsed: ParsedKlines, report: QualityReport): ForecastLabError {
  const findings = [report.contradictions, report.takerAboveVolume, report.quoteMismatch, report.longBars];
  const first = findings.find((finding) => finding.count > 0)?.rows[0];
  const place = first === undefined ? parsed.fileName : `${parsed.fileName}, row ${parsed.firstRow + first}`;
  return new ForecastLabError('BAD_FILE', `${place}: the bars cannot be used: ${report.reasons.join('; ')}.`, {
    hint: 'See the whole report with forecastlab-train data check, correct or fetch these rows again.',
    details: { file: parsed.fileName, ...(first === undefined ? {} : { row: parsed.firstRow + first }), reasons: report.reasons },
  });
}

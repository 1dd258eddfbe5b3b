// forecastlab-train data check: reports on files of klines, or on the stored klines of a market and their manifest.
import { checkKlines, explainFindings, ForecastLabError, formatQualityReport, isForecastLabError } from '@forecastlab/core';
import { checkStoredKlines, type CommandContext, type CommandResult, defineCommand, exitCodeOf, isSampleSymbol, type Market, openStore, option, rawKlinesPath, readKlinesFile, readStoredKlines, type StoredKlines, updateCommand } from '@forecastlab/core/node';
import { formatStoredCheck } from '../format-stored-check.js';

export const dataCheck = defineCommand({
  path: ['data', 'check'],
  summary: 'Report and explain gaps, repeats, contradictions and unfinished bars',
  description:
    'Reads files of klines, or with --symbol the stored klines of a market, and reports what is missing, repeated, contradictory or not final: where, why, and what to do. Of stored klines it also says whether they are those that were stored, and what --repair would fetch. Exit 0 when the bars are usable, 1 when not, 2 when a file cannot be read; of several files the worst.',
  examples: ['data check klines.csv', 'data check BTCUSDT-1h-2024-12.csv BTCUSDT-1h-2025-01.csv --json', 'data check --symbol BTCUSDT --interval 1d'],
  positionals: { file: option.files({ describe: 'CSV of any known format, or the exchange\'s JSON answer; .gz and .zip are unpacked.' }) },
  options: {
    symbol: option.string({ describe: 'Without files: check the stored klines of this market and their manifest.', placeholder: 'S' }),
    interval: option.string({ describe: 'Bar length. Default: of files, found from the times; of stored klines 1d.', placeholder: 'I' }),
    venue: option.choice(['spot', 'usdm'], { describe: 'Where the market is traded, with --symbol.', default: 'spot' }),
  },
  async run({ file: files, symbol, interval, venue }, context) {
    if (files === undefined && symbol !== undefined) return checkStored({ symbol, venue, interval: interval ?? '1d' }, context);
    if (files === undefined) throw new ForecastLabError('BAD_OPTION', 'It must be said what to check.', { hint: 'Give files of klines, or --symbol S --interval I for stored ones.', details: { option: 'file' } });
    const [first, ...others] = files;
    return others.length === 0 ? checkFile(first, interval, context) : checkFiles(files, interval, context);
  },
});

interface Clock {
  nowMs(): number;
}

type Checked = Required<Pick<CommandResult, 'json' | 'text' | 'exitCode'>>;

async function checkFile(file: string, interval: string | undefined, context: Clock): Promise<Checked> {
  const { parsed, sha256 } = await readKlinesFile(file, interval === undefined ? {} : { interval });
  const { klines, intervalMs, format, timeUnit, firstRow, ignoredColumns } = parsed;
  const report = checkKlines(klines, { intervalMs, serverTimeMs: context.nowMs() });
  const explanations = explainFindings(report, { klines, firstRow });
  return {
    json: { file, sha256, format, timeUnit, firstRow, ignoredColumns, report, explanations },
    text: formatQualityReport(report, { fileName: file, firstRow, explanations }),
    exitCode: report.usable ? 0 : 1,
  };
}

/** A file that cannot be read keeps no other from being checked. */
async function checkFiles(files: readonly string[], interval: string | undefined, context: Clock): Promise<Checked> {
  const checked: Checked[] = [];
  for (const file of files) {
    try {
      checked.push(await checkFile(file, interval, context));
    } catch (error) {
      if (!isForecastLabError(error) || exitCodeOf(error) !== 2) throw error;
      const { code, message, hint } = error;
      checked.push({ json: { file, error: { code, message, hint: hint ?? null } }, text: `${file}: cannot be read\n  ${message}${hint === undefined ? '' : `\n  ${hint}`}`, exitCode: 2 });
    }
  }
  return {
    json: { files: checked.map(({ json }) => json) },
    text: checked.map(({ text }) => text).join('\n\n'),
    exitCode: Math.max(...checked.map(({ exitCode }) => exitCode)) as Checked['exitCode'],
  };
}

async function checkStored(market: Market, context: Clock & Pick<CommandContext, 'store' | 'env'>): Promise<Checked> {
  const store = await openStore(context.store, context);
  const stored = await readStoredKlines(store, market).catch(throwUnreadable);
  const file = store.describe(stored?.path ?? rawKlinesPath(market));
  if (stored === undefined) {
    throw new ForecastLabError('BAD_FILE', `There are no stored klines of ${market.symbol} ${market.interval}: ${file} does not exist.`, { hint: `Fetch them with ${updateCommand(market)}, or check a file: data check FILE.`, details: { file } });
  }
  const check = checkStoredKlines(stored, { nowMs: context.nowMs(), market });
  const { report, explanations, isSound, ...others } = check;
  const { format, firstRow } = stored.parsed;
  const isMadeAnew = isSampleSymbol(market.symbol);
  const repairCommand = updateCommand(market, isMadeAnew ? '--source sample' : '--repair');
  return {
    json: { file, sha256: stored.sha256, format, firstRow, market, report, explanations, ...others, manifest: check.manifest ?? null },
    text: `${formatQualityReport(report, { fileName: file, firstRow, explanations })}\n\n${formatStoredCheck(check, { repairCommand, isMadeAnew })}`,
    exitCode: isSound ? 0 : 1,
  };
}

/** To a check, klines that are damaged are a file that cannot be read. */
function throwUnreadable(error: unknown): StoredKlines | undefined {
  if (!isForecastLabError(error) || error.code !== 'CORRUPT') throw error;
  const { message, hint, details } = error;
  throw new ForecastLabError('BAD_FILE', message, { ...(hint === undefined ? {} : { hint }), details, cause: error });
}

// forecastlab-train data import: puts files of klines into the store.
import { basename } from 'node:path';
import { optionError } from '@forecastlab/core';
import { defineCommand, importKlines, type KlinesFile, openStore, option, readKlinesFile, symbolOfFileName } from '@forecastlab/core/node';
import { formatUpdate } from '../format-update.js';

export const dataImport = defineCommand({
  path: ['data', 'import'],
  summary: 'Put files of klines into the store',
  description:
    'Reads files of one market (archives downloaded by hand, CSV, JSON answers, Parquet) and stores their bars beside those that are there; stored bars are never changed, and a last bar that looks unfinished is left out. A later data update fetches the newest bars again and goes on from there.',
  examples: ['data import BTCUSDT-1d-2024-01.zip BTCUSDT-1d-2024-02.zip', 'data import export.csv --symbol BTCUSDT --interval 1d'],
  positionals: { file: option.files({ describe: 'Files of one market; .gz and .zip are unpacked.', required: true }) },
  options: {
    symbol: option.string({ describe: 'Market. Default: from the names of the files.', placeholder: 'S' }),
    interval: option.string({ describe: 'Bar length. Default: found from the times.', placeholder: 'I' }),
    venue: option.choice(['spot', 'usdm'], { describe: 'Where the market is traded.', default: 'spot' }),
    format: option.choice(['csv', 'parquet'], { describe: 'How bars are stored. Default: as they are, else csv.' }),
  },
  async run({ file: files, symbol, interval, venue, format }, context) {
    const read: KlinesFile[] = [];
    for (const path of files) read.push(await readKlinesFile(path, interval === undefined ? {} : { interval }));
    const market = { symbol: symbol ?? symbolOfFiles(files), interval: interval ?? read[0].parsed.interval, venue };
    const report = await importKlines(await openStore(context.store, context), market, read, { format, nowMs: () => context.nowMs() });
    for (const warning of report.warnings) context.log(`warning: ${warning}`);
    const kept = report.different === 0 ? '' : `\n  ${report.different} bars are stored with other values; the stored ones stay`;
    return { json: report, text: `${formatUpdate(report)}${kept}` };
  },
});

function symbolOfFiles(files: readonly string[]): string {
  const names = [...new Set(files.map((file) => symbolOfFileName(basename(file))))];
  const [name] = names;
  if (names.length === 1 && name !== null) return name;
  throw optionError('data import', 'symbol', 'given where the names of the files do not all name one market', names.map((found) => found ?? 'none').join(', '));
}

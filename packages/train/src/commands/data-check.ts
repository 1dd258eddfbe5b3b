// forecastlab-train data check: reports on a file of klines.
import { checkKlines, formatQualityReport } from '@forecastlab/core';
import { defineCommand, option, readKlinesFile } from '@forecastlab/core/node';

export const dataCheck = defineCommand({
  path: ['data', 'check'],
  summary: 'Report gaps, repeats, contradictions and unfinished bars of a file',
  description: 'Reads a file of klines and reports what is missing, repeated, contradictory or not final. Exit 0 when the bars are usable, 1 when not, 2 when the file cannot be read.',
  examples: ['data check klines.csv', 'data check BTCUSDT-1h-2024-12.csv --interval 1h --json'],
  positionals: { file: option.file({ describe: 'CSV of any known format, or the exchange\'s JSON answer; .gz and .zip are unpacked.', required: true }) },
  options: { interval: option.string({ describe: 'Bar length. Default: found from the times.', placeholder: 'I' }) },
  async run({ file, interval }) {
    const { parsed, sha256 } = await readKlinesFile(file, interval === undefined ? {} : { interval });
    const report = checkKlines(parsed.klines, { intervalMs: parsed.intervalMs });
    const { format, timeUnit, firstRow, ignoredColumns } = parsed;
    return {
      json: { file, sha256, format, timeUnit, firstRow, ignoredColumns, report },
      text: formatQualityReport(report, { fileName: file, firstRow }),
      exitCode: report.usable ? 0 : 1,
    };
  },
});

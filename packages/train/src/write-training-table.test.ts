import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTrainingTable, generateSampleMarket, parseCandidates } from '@forecastlab/core';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, it } from 'vitest';
import { writeTrainingTable } from './write-training-table.js';

const folder = mkdtempSync(join(tmpdir(), 'forecastlab-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('writes the same cells as CSV and as Parquet, empty where undefined', async () => {
  const klines = generateSampleMarket({ seed: 1, startMs: 0, endMs: Date.UTC(2018, 5, 1) });
  const table = buildTrainingTable(klines, { features: 'flow', candidates: parseCandidates('T21_X8,T14_X8.5') });
  const csv = join(folder, 'new folder', 't.csv');
  const parquet = join(folder, 't.PARQUET');
  expect(await writeTrainingTable(csv, table)).toMatchObject({ rows: 151, columns: 27 });
  await writeTrainingTable(parquet, table);
  const [header, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  const rows = await parquetReadObjects({ file: Uint8Array.from(readFileSync(parquet)).buffer });
  expect(rows.map((row) => header.map((name) => (row[name] === null ? '' : String(row[name]))))).toEqual(lines);
  expect(lines.at(-1)?.slice(-6)).toEqual(['', '', '', '', '', '']);
  await expect(writeTrainingTable(join(folder, 't.xlsx'), table)).rejects.toMatchObject({ code: 'BAD_OPTION' });
});

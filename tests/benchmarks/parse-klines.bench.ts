// How fast a file of klines is read, and how much memory that takes.
// Run: npx tsx tests/benchmarks/parse-klines.bench.ts [ROWS] (default 1000000), or with the names of files to read.
// The peak of memory means something for files alone: making the bars takes more than reading them.
import { basename } from 'node:path';
import { checkKlines, createKlines, formatKlinesCsv, generateSampleMarket, KLINE_COLUMNS, type Klines, klineCount, parseKlinesCsv, sliceKlines } from '@forecastlab/core';
import { readBytes } from '../support/shared.js';

const ROUNDS = 5;
const MINUTE = 60_000;
const START = Date.UTC(2018, 0, 1);

/** Minute bars of the synthetic market, repeated with new times to the number of rows. */
function minuteBars(rows: number): Klines {
  const part = generateSampleMarket({ seed: 1, startMs: START, endMs: START + Math.min(rows, 100_000) * MINUTE, interval: '1m' });
  const klines = createKlines(rows);
  for (const column of KLINE_COLUMNS) {
    for (let start = 0; start < rows; start += klineCount(part)) klines[column].set(sliceKlines(part, 0, Math.min(klineCount(part), rows - start))[column], start);
  }
  for (let row = 0; row < rows; row += 1) {
    klines.openTimeMs[row] = START + row * MINUTE;
    klines.closeTimeMs[row] = START + (row + 1) * MINUTE - 1;
  }
  return klines;
}

/** As the exchange's dumps have it: 12 columns, 8 decimals, no header. */
function dumpCsv(klines: Klines): Buffer {
  const lines: string[] = [];
  for (let i = 0; i < klineCount(klines); i += 1) {
    const fixed = (column: keyof Klines): string => klines[column][i].toFixed(8);
    lines.push(`${klines.openTimeMs[i]},${fixed('open')},${fixed('high')},${fixed('low')},${fixed('close')},${fixed('volume')},${klines.closeTimeMs[i]},${fixed('quoteVolume')},${klines.tradeCount[i]},${fixed('takerBuyBase')},${fixed('takerBuyQuote')},0`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

function measure(name: string, bytes: Uint8Array): void {
  const times: number[] = [];
  let rows = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    rows = klineCount(parseKlinesCsv(bytes, { fileName: name }).klines);
    times.push(performance.now() - start);
  }
  const best = Math.min(...times);
  console.log(`${name.padEnd(34)} ${rows} rows, ${(bytes.length / 1e6).toFixed(1)} MB: ${best.toFixed(1)} ms, ${(rows / best / 1000).toFixed(2)} million rows/s, ${(bytes.length / best / 1000).toFixed(0)} MB/s (best of ${ROUNDS}; first ${times[0].toFixed(0)} ms)`);
}

const wanted = process.argv.slice(2);
const files = wanted.filter((name) => !/^\d+$/.test(name));
for (const file of files) measure(basename(file), readBytes(file));
if (files.length === 0) {
  const rows = Number(wanted[0] ?? 1_000_000);
  const klines = minuteBars(rows);
  const dump = dumpCsv(klines);
  const ours = Buffer.from(formatKlinesCsv(klines));
  const before = process.memoryUsage();
  const parsed = parseKlinesCsv(dump, { fileName: 'dump' });
  const after = process.memoryUsage();
  console.log(`columns after one read: ${((after.arrayBuffers - before.arrayBuffers) / 1e6).toFixed(0)} MB, for a file of ${(dump.length / 1e6).toFixed(0)} MB`);
  const start = performance.now();
  checkKlines(parsed.klines);
  console.log(`quality report: ${(performance.now() - start).toFixed(0)} ms`);
  measure('exchange dump', dump);
  measure('our own CSV', ours);
}
console.log(`peak of the whole process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);

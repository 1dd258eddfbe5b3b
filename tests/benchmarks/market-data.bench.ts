// How long it takes to write, read, check and add to long stored klines, as CSV and as Parquet, and how much memory.
// Run: npx tsx tests/benchmarks/market-data.bench.ts [ROWS] (default 5000000)
// Times are processor time and, in brackets, elapsed time. Every step is a process of its own: its peak is what a command needs for it. What writes holds the bars already, 88 bytes each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkKlines, createKlines, KLINE_COLUMNS, type Klines, klineCount, prepareKlines } from '@forecastlab/core';
import { type KlinesFormat, openFolderStore, readStoredKlines, writeStoredKlines } from '@forecastlab/core/node';

const MINUTE = 60_000;
const START = Date.UTC(2017, 7, 17);
const MARKET = { symbol: 'BENCHUSDT', interval: '1m' };
const STEPS = ['write', 'write again', 'read', 'check', 'add a bar'] as const;
type Step = (typeof STEPS)[number];

/** Minute bars with the decimals of the exchange: prices in cents, volumes in hundred-thousandths. */
function minuteBars(rows: number): Klines {
  const klines = createKlines(rows);
  const { openTimeMs, open, high, low, close, volume, closeTimeMs, quoteVolume, tradeCount, takerBuyBase, takerBuyQuote } = klines;
  let state = 1;
  const chance = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const round = (value: number, decimals: number): number => Math.round(value * decimals) / decimals;
  let price = 42_000;
  for (let row = 0; row < rows; row += 1) {
    openTimeMs[row] = START + row * MINUTE;
    closeTimeMs[row] = openTimeMs[row] + MINUTE - 1;
    open[row] = price;
    close[row] = Math.max(100, round(price * (1 + (chance() - 0.5) * 0.001), 100));
    high[row] = round(Math.max(price, close[row]) * (1 + chance() * 0.0003), 100) + 0.01;
    low[row] = round(Math.min(price, close[row]) * (1 - chance() * 0.0003), 100) - 0.01;
    volume[row] = round(chance() * chance() * 100 + 0.001, 1e5);
    takerBuyBase[row] = round(volume[row] * chance(), 1e5);
    quoteVolume[row] = round((volume[row] * (price + close[row])) / 2, 1e7);
    takerBuyQuote[row] = round((takerBuyBase[row] * (price + close[row])) / 2, 1e7);
    tradeCount[row] = Math.ceil(volume[row] * 30);
    price = close[row];
  }
  return klines;
}

type Times = Record<string, { readonly cpuMs: number; readonly wallMs: number }>;

async function run(step: Step, format: KlinesFormat, root: string, rows: number): Promise<Times> {
  const store = openFolderStore(root);
  const times: Times = {};
  const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(cpu);
    times[name] = { cpuMs: (user + system) / 1000, wallMs: performance.now() - start };
    return result;
  };
  if (step === 'write' || step === 'write again') {
    const klines = minuteBars(rows);
    await timed(step, () => writeStoredKlines(store, MARKET, klines, { source: 'rest', format }));
    return times;
  }
  const stored = await timed('read', () => readStoredKlines(store, MARKET));
  if (stored?.isVouchedFor !== true) throw new Error('What was written is not what is there.');
  const { parsed } = stored;
  if (step === 'check') {
    await timed('check', () => checkKlines(parsed.klines, { intervalMs: parsed.intervalMs }));
    await timed('prepare', () => prepareKlines(parsed, { serverTimeMs: START + (rows + 9) * MINUTE, lastBar: 'trust' }));
  } else if (step === 'add a bar') {
    const longer = createKlines(klineCount(parsed.klines) + 1);
    for (const column of KLINE_COLUMNS) {
      longer[column].set(parsed.klines[column]);
      longer[column][longer[column].length - 1] = parsed.klines[column][longer[column].length - 2] + (column.endsWith('TimeMs') ? MINUTE : 0);
    }
    await timed('add a bar', () => writeStoredKlines(store, MARKET, longer, { source: 'rest', previous: { ...stored, klines: parsed.klines } }));
  }
  return times;
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0), 0);
}

async function main(): Promise<void> {
  const [first = '5000000', ...job] = process.argv.slice(2);
  const rows = Number(first);
  if (job.length === 3) {
    const [step, format, root] = job;
    const times = await run(step as Step, format as KlinesFormat, root, rows);
    console.log(JSON.stringify({ times, peakMb: process.resourceUsage().maxRSS / 1024 }));
    return;
  }
  for (const format of ['parquet', 'csv'] as const) {
    const root = mkdtempSync(join(tmpdir(), 'forecastlab-market-data-'));
    try {
      for (const step of STEPS) {
        const child = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), first, step, format, root], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
        if (child.status !== 0) throw new Error(`${format}: ${step} failed`);
        const { times, peakMb } = JSON.parse(child.stdout) as { times: Times; peakMb: number };
        const text = Object.entries(times).map(([name, { cpuMs, wallMs }]) => `${name} ${(cpuMs / 1000).toFixed(1)} s (${(wallMs / 1000).toFixed(1)})`).join(', ');
        console.log(`${format.padEnd(8)} ${step.padEnd(12)} ${text.padEnd(50)} peak ${peakMb.toFixed(0)} MB`);
      }
      console.log(`${format.padEnd(8)} ${rows} bars: ${(bytesBelow(root) / 1e6).toFixed(0)} MB, ${(bytesBelow(root) / rows).toFixed(1)} bytes each`);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

await main();

// Is the store the same, byte for byte, however often an update was killed? Runs the built command against a local exchange whose clock stands
// still, and kills it (SIGKILL) at random moments. First it counts what an undisturbed update costs, beside the least possible.
// With --hurry 20 the update writes twenty times as often: the library by a clock of that speed, in place of the command.
// Run after a build: node --import tsx tests/studies/kill-updates.mjs [--runs 50] [--first 1] [--slow 1] [--parallel 3] [--hurry N] [--markets daily,csv,parquet]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../../packages/core/src/numeric/random.ts';
import { startLocalExchange } from '../local-exchange/start-local-exchange.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    first: { type: 'string', default: '1' },
    /** How slow the exchange is, 1: so that an update takes about 12 s and writes in between. */
    slow: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '3' },
    hurry: { type: 'string' },
    markets: { type: 'string', default: 'daily,csv,parquet' },
  },
});
const COMMAND = values.hurry === undefined ? fileURLToPath(new URL('../../packages/train/dist/cli.js', import.meta.url)) : fileURLToPath(new URL('./hurried-update.mjs', import.meta.url));
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
// The middle of a minute, so that no bar closes while a slow update runs.
const NOW = Date.UTC(2026, 10, 26, 12, 0, 30);
const TODAY = Date.UTC(2026, 10, 26);
const DAYS = { startMs: TODAY - 2922 * DAY_MS };
const MINUTES = {
  startMs: TODAY - 59 * DAY_MS,
  // inside an archive, over the end of an archived month, inside REST
  outages: [[Date.UTC(2026, 9, 7, 3, 3), 40], [Date.UTC(2026, 9, 31, 23, 50), 25], [Date.UTC(2026, 10, 9, 5), 90]].map(([fromMs, minutes]) => ({ fromMs, toMs: fromMs + minutes * MINUTE_MS })),
};
const CASES = {
  daily: { symbol: 'BTCUSDT', interval: '1d', options: [], spec: DAYS, slow: { path: /klines/, headMs: 4600, pieceMs: 200 } },
  csv: { symbol: 'ETHUSDT', interval: '1m', options: [], spec: MINUTES, slow: { headMs: 350, pieceMs: 100 } },
  parquet: { symbol: 'ETHUSDT', interval: '1m', options: ['--format', 'parquet'], spec: MINUTES, slow: { headMs: 350, pieceMs: 100 } },
};

const top = mkdtempSync(join(tmpdir(), 'forecastlab-kills-'));
const failures = [];
try {
  for (const name of values.markets.split(',')) await study(name, CASES[name]);
} finally {
  rmSync(top, { recursive: true, force: true });
}
if (failures.length > 0) {
  console.log(failures.join('\n'));
  process.exitCode = 1;
}

async function study(name, { symbol, interval, options, spec, slow }) {
  const { startMs, outages = [] } = spec;
  const exchange = await startLocalExchange({ markets: [{ symbol, interval, sample: { seed: 1, startMs }, outages }], nowMs: NOW, weightLimit: 1e6 });
  const argv = [...(values.hurry === undefined ? [] : ['--hurry', values.hurry]), 'data', 'update', '--symbol', symbol, '--interval', interval, '--base-url', exchange.url, '--json', ...options];
  const start = (root) => startUpdate([...argv, '--root', root]);
  try {
    const plainRoot = join(top, `${name}-plain`);
    const plain = await start(plainRoot).ended;
    if (plain.code !== 0) throw new Error(plain.err);
    printCost(name, JSON.parse(plain.out), { archives: exchange.requests.filter(({ path }) => path.startsWith('/data/')).length, interval });
    const truth = filesBelow(plainRoot);

    exchange.faults.add({ kind: 'slow', ...slow, headMs: slow.headMs * Number(values.slow), pieceMs: slow.pieceMs * Number(values.slow), times: Infinity });
    const slowRoot = join(top, `${name}-slow`);
    const beganMs = performance.now();
    await start(slowRoot).ended;
    const tookMs = performance.now() - beganMs;
    differences(`${name}, slow and undisturbed`, truth, filesBelow(slowRoot));

    const counts = { runs: 0, same: 0, kills: 0, killsBy: {} };
    const runs = Array.from({ length: Number(values.runs) }, (_, i) => Number(values.first) + i);
    await Promise.all(Array.from({ length: Number(values.parallel) }, async () => {
      for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
        const root = join(top, `${name}-${run}`);
        const phases = await runUntilDone(root, { start, tookMs, random: createRandom(run, name.length) });
        for (const phase of phases) counts.killsBy[phase] = (counts.killsBy[phase] ?? 0) + 1;
        counts.runs += 1;
        counts.kills += phases.length;
        counts.same += differences(`${name}, run ${run} (killed ${phases.join(', ')})`, truth, filesBelow(root)) ? 0 : 1;
        rmSync(root, { recursive: true, force: true });
      }
    }));
    console.log(JSON.stringify({ market: name, undisturbedSeconds: Math.round(tookMs / 100) / 10, ...counts }, null, 2));
  } finally {
    await exchange.close();
  }
}

/** Kills the update once or several times, then lets it end. Gives what the store looked like after each kill. */
async function runUntilDone(root, { start, tookMs, random }) {
  const phases = [];
  for (let mayKill = true; ; mayKill = random.next() < 0.6) {
    const update = start(root);
    const timer = mayKill ? setTimeout(() => update.kill(), random.next() * tookMs) : undefined;
    const { code, signal, err } = await update.ended;
    clearTimeout(timer);
    if (signal === null) {
      if (code !== 0) failures.push(`${root}: exit ${code}: ${err}`);
      return phases;
    }
    phases.push(phaseOf(root));
    letLocksGoStale(root);
  }
}

function startUpdate(argv) {
  const child = spawn(process.execPath, [COMMAND, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  return { kill: () => child.kill('SIGKILL'), ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, out, err }))) };
}

/** As if the time had passed after which a killed process's lock is taken over. */
function letLocksGoStale(root) {
  const before = Date.now() / 1000 - 3600;
  for (const { path } of entriesBelow(root)) if (path.endsWith('.lock')) utimesSync(join(root, path), before, before);
}

function phaseOf(root) {
  const entries = entriesBelow(root).map(({ path }) => path);
  const find = (pattern) => entries.find((path) => pattern.test(path));
  const has = (pattern) => find(pattern) !== undefined;
  const [csv, manifest] = [find(/\.csv$/), find(/\.manifest\.json$/)];
  const isBetween = csv !== undefined && manifest !== undefined && createHash('sha256').update(readFileSync(join(root, csv))).digest('hex') !== JSON.parse(readFileSync(join(root, manifest))).sha256;
  const stored = isBetween ? 'bars newer than their manifest' : manifest !== undefined ? 'some bars stored' : has(/\.csv$|[0-9a-f]{8}\.parquet$/) ? 'bars without a manifest' : has(/\.lock$/) ? 'nothing stored' : 'not begun';
  return `${stored}${has(/\.zip\.part$/) ? ', download under way' : ''}${has(/\.zip$/) ? ', zip not yet released' : ''}${has(/\.tmp$/) ? ', file half written' : ''}`;
}

function entriesBelow(root) {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => ({ entry, path: relative(root, join(entry.parentPath, entry.name)) }));
}

/** Path to content; of folders, only that they are there. */
function filesBelow(root) {
  return new Map(entriesBelow(root).map(({ entry, path }) => [path, entry.isFile() ? readFileSync(join(root, path)) : undefined]));
}

function differences(what, truth, found) {
  const wrong = [];
  for (const [path, bytes] of truth) {
    if (!found.has(path)) wrong.push(`${path} is missing`);
    else if (bytes !== undefined && !bytes.equals(found.get(path))) wrong.push(`${path} differs`);
  }
  for (const path of found.keys()) if (!truth.has(path)) wrong.push(`${path} is left over`);
  if (wrong.length > 0) failures.push(`${what}: ${wrong.join('; ')}`);
  return wrong.length > 0;
}

function printCost(name, report, { archives, interval }) {
  const { rows, requests, weight, archiveRequests, fromMs, toMs } = report;
  const gaps = report.gaps.length;
  const monthMs = Date.UTC(2026, 10, 1);
  const unarchived = interval === '1m' ? (toMs - Math.max(fromMs, monthMs)) / MINUTE_MS + 1 : rows;
  const pages = Math.ceil(unarchived / 1000);
  const first = archives > 0 ? 2 : 0;
  console.log(JSON.stringify({ market: name, rows, requests, weight, archiveRequests, least: { requests: 2 + pages, weight: 21 + 2 * pages, made: `clock 1 + symbol 20 + ${pages} pages of 2` }, beyond: { weight: weight - 21 - 2 * pages, expected: first + 2 * gaps, why: first > 0 ? 'the question for the first bar, which saves asking for archives before it, and a second question about each gap' : undefined } }));
}

// From a cold process to the prediction of the day: `forecastlab-predict run` as a scheduler starts it, with a bundle of two candidates on 3,000
// daily bars that are stored already. Run after a build: npx tsx tests/benchmarks/start-up.bench.ts [RUNS] (default 10)
// Times are elapsed time and processor time, median (smallest to largest). The goal is less than a second on an idle machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BARS = 3000;
const DAY_MS = 86_400_000;
const GOAL_MS = 1000;

const command = (name: string): string => fileURLToPath(new URL(`../../packages/${name}/dist/cli.js`, import.meta.url));

/** Runs a command; throws with all that it said when it fails. */
function call(name: string, args: readonly string[]): { readonly wallMs: number; readonly cpuMs: number; readonly out: string } {
  const started = performance.now();
  // the processor time of a child is told by the shell that waited for it
  const { status, stdout, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', process.execPath, command(name), ...args], { encoding: 'utf8' });
  const wallMs = performance.now() - started;
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} ends with ${String(status)}\n${stdout}\n${stderr}`);
  const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { wallMs, cpuMs: 1000 * ((user ?? 0) + (system ?? 0)), out: stdout };
}

const middle = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  return `${median.toFixed(0)} ms (${sorted[0]!.toFixed(0)} to ${sorted.at(-1)!.toFixed(0)})`;
};

const runs = Number(process.argv[2] ?? 10);
const root = mkdtempSync(join(tmpdir(), 'forecastlab-start-up-'));
try {
  const market = ['--symbol', 'SAMPLEUSDT', '--interval', '1d', '--root', root];
  const start = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - BARS * DAY_MS).toISOString().slice(0, 10);
  call('train', ['data', 'update', '--source', 'sample', '--start', start, ...market]);
  for (const model of ['gbdt', 'logistic']) {
    call('train', ['bundle', '--candidates', 'T21_X8,T14_X8', '--features', 'flow', '--model', model, '--name', `start_up_${model}`, '--activate', ...market]);
    const times = Array.from({ length: runs }, () => {
      rmSync(join(root, 'outputs'), { recursive: true, force: true });
      return call('predict', ['run', '--quiet', '--root', root]);
    });
    const isMet = [...times].sort((a, b) => a.wallMs - b.wallMs)[runs >> 1]!.wallMs < GOAL_MS;
    process.stdout.write(`${model}: ${runs} runs, elapsed ${middle(times.map(({ wallMs }) => wallMs))}, processor ${middle(times.map(({ cpuMs }) => cpuMs))}; goal of ${GOAL_MS} ms ${isMet ? 'met' : 'missed'}\n`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}

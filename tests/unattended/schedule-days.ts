// Days under the real scheduler, on a clock that runs fast: `forecastlab-predict schedule run` as a process, its jobs as processes of it, while the machine
// sleeps once and the scheduler is killed once.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandFile } from '../support/commands.js';
import { fastFolder } from '../support/fast-folder.js';
import { activateBundle, storeSample, WORKSPACE_START_MS } from '../support/sample-workspace.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const HISTORY_DAYS = 200;
const DAILY = 'outputs/predictions/daily';

export interface ScheduleOptions {
  readonly days: number;
  /** Simulated ms for each real one. */
  readonly rate: number;
  /** Simulated hours after the start at which the machine sleeps, and for how long. */
  readonly sleep?: { readonly atHour: number; readonly hours: number };
  /** The scheduler gets KILL, and is started again so many hours later. */
  readonly kill?: { readonly atHour: number; readonly hours: number };
  /** Told each line. */
  readonly print: (line: string) => void;
}

export interface ScheduleReport {
  /** UTC dates of the predictions, oldest first. */
  readonly predictions: readonly string[];
  /** Those of which one was due. */
  readonly due: readonly string[];
  /** Records of the job's runs that ended, by exit code. */
  readonly exits: Readonly<Record<string, number>>;
  /** What the scheduler wrote. */
  readonly events: readonly string[];
}

/** Begins at 22:00 UTC with an active bundle, and ends at 22:00 so many days later. */
export async function scheduleDays({ days, rate, sleep, kill, print }: ScheduleOptions): Promise<ScheduleReport> {
  const root = fastFolder('schedule');
  const startMs = WORKSPACE_START_MS + HISTORY_DAYS * DAY_MS - 2 * HOUR_MS;
  try {
    await activateBundle(root, await storeSample(root, HISTORY_DAYS - 1), { name: 'flow_T5X4_T3X3_20240701', trainDays: HISTORY_DAYS - 1 });
    writeFileSync(join(root, 'forecastlab.config.json'), JSON.stringify({ jobs: { predict: { cron: '5 0 * * *', command: 'forecastlab-predict run --source sample', timeoutMinutes: 720 } } }));
    const realStartMs = Date.now();
    const simulated = (): number => startMs + (Date.now() - realStartMs) * rate;
    const untilHour = (hour: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, realStartMs + (hour * HOUR_MS) / rate - Date.now())));
    const say = (text: string): void => print(`${new Date(simulated()).toISOString().slice(0, 16).replace('T', ' ')}  ${text}`);
    const events: string[] = [];
    const begin = (): ChildProcess => {
      const child = spawn(process.execPath, [commandFile('predict'), 'schedule', 'run', '--root', root], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, NODE_OPTIONS: `--import=${new URL('stepped-clock.mjs', import.meta.url).href}`, STEPPED_CLOCK: `${realStartMs}:${startMs}:${rate}`, PATH: `${fileURLToPath(new URL('../../node_modules/.bin', import.meta.url))}:${process.env.PATH ?? ''}` },
      });
      let rest = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        events.push(...lines);
        // of what the jobs print, the line that says what was written
        for (const line of lines) if (/^\d{4}-\d\d-\d\dT|outputs\/|filled/.test(line)) say(`| ${line}`);
      });
      return child;
    };
    say(`the scheduler is started; one real second is ${((rate * 1000) / HOUR_MS).toFixed(1)} hours`);
    let scheduler = begin();
    const ended = (child: ChildProcess): Promise<unknown> => (child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve());
    if (sleep !== undefined) {
      await untilHour(sleep.atHour);
      say(`the machine sleeps for ${sleep.hours} hours`);
      scheduler.kill('SIGSTOP');
      await untilHour(sleep.atHour + sleep.hours);
      say('the machine wakes');
      scheduler.kill('SIGCONT');
    }
    if (kill !== undefined) {
      await untilHour(kill.atHour);
      say('kill -9 to the scheduler');
      scheduler.kill('SIGKILL');
      await ended(scheduler);
      await untilHour(kill.atHour + kill.hours);
      say('the scheduler is started again');
      scheduler = begin();
    }
    await untilHour(24 * days);
    say('TERM to the scheduler');
    scheduler.kill('SIGTERM');
    await ended(scheduler);
    const predictions = existsSync(join(root, DAILY)) ? readdirSync(join(root, DAILY)).flatMap((name) => (/^\d{4}-\d\d-\d\d\.json$/.test(name) ? [name.slice(0, 10)] : [])).sort() : [];
    const exits: Record<string, number> = {};
    const records = join(root, 'outputs/runs/predict');
    for (const name of existsSync(records) ? readdirSync(records).sort() : []) {
      const record = JSON.parse(readFileSync(join(records, name), 'utf8')) as { started_at: string; exit_code: number | null; facts: { status?: string; asof_date?: string } };
      print(`run of ${record.started_at}: exit ${String(record.exit_code)} ${JSON.stringify(record.facts).slice(0, 160)}`);
      exits[String(record.exit_code)] = (exits[String(record.exit_code)] ?? 0) + 1;
    }
    const due = Array.from({ length: days }, (_, day) => new Date(WORKSPACE_START_MS + (HISTORY_DAYS - 1 + day) * DAY_MS).toISOString().slice(0, 10));
    return { predictions, due, exits, events };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

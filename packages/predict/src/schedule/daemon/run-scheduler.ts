// The life of a scheduler: takes its place, reads what it remembers, looks at the clock until it is told to stop, and lets what
// runs come to its end.
import type { EventEmitter } from 'node:events';
import { redactText } from '@forecastlab/core/node/files';
import { schedulePaths } from '../schedule-paths.js';
import { type Notice, saySpan } from '../plan/notice.js';
import { watchClock } from './clock-watch.js';
import { watchConfig } from './config-watch.js';
import { openEventLog } from './event-log.js';
import { makePlan, type PlanAnswer } from './make-plan.js';
import { beat, claimScheduler, holderBeside, releaseScheduler, type RunningScheduler, writePidFile } from './pid-file.js';
import { createScheduler, type Scheduler } from './scheduler.js';
import type { SchedulerPlan } from './scheduler-plan.js';
import { loadState } from './state-file.js';
import { openAlertTeller } from './tell-alert.js';

/** After TERM and KILL, nothing is left to wait for. */
const END_PATIENCE_MS = 15_000;
const ALERT_PATIENCE_MS = 10_000;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Schedules until TERM, Ctrl-C or HUP; a second one ends the running jobs, a third by force. Gives the exit code.
 * @param args the words that made the plan, to make it anew when the configuration changes
 * @throws CONFLICT when a scheduler runs for the root already
 */
export async function runScheduler(plan: SchedulerPlan, args: readonly string[], options: { readonly signals: Pick<EventEmitter, 'on' | 'off'> }): Promise<number> {
  const { root } = plan;
  const nowMs = (): number => Date.now();
  const paths = schedulePaths(root);
  const own = await claimScheduler(root, { nowMs: nowMs(), version: plan.version });
  const log = openEventLog(paths.log, { nowMs, isJson: plan.terminal === 'json', terminal: plan.terminal === 'none' ? undefined : (line) => process.stderr.write(line) });
  const alerts = openAlertTeller({ root, store: plan.store, onFailure: (reason) => log.write({ level: 'error', event: 'alert-failed', text: `an alert could not be told: ${reason}` }) });
  const notify = (told: Notice, job?: string): void => {
    const notice: Notice = { ...told, text: redactText(told.text) };
    log.write(notice, job);
    alerts.tell(notice, job);
  };
  let wake = (): void => undefined;
  let stops = 0;
  let scheduler: Scheduler | undefined;
  const onSignal = (): void => {
    stops += 1;
    if (stops > 1) scheduler?.endRunning();
    wake();
  };
  for (const signal of STOP_SIGNALS) options.signals.on(signal, onSignal);
  const rest = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  try {
    const loaded = await loadState(root, plan.jobs, nowMs());
    if (loaded.damage !== null) notify({ level: 'error', event: 'state-damaged', text: `outputs/scheduler/state.json was damaged (${loaded.damage.reason}); it lies there as ${loaded.damage.kept} now, and what ran is known from outputs/runs/schedule/`, facts: { kept: loaded.damage.kept }, raise: 'job-failed' });
    scheduler = createScheduler(plan, loaded.jobs, { nowMs, steadyMs: () => performance.now(), random: () => Math.random(), notify }, { onChange: () => wake() });
    log.write({ level: 'info', event: 'started', text: `scheduler started, process ${process.pid}: ${plan.jobs.map(({ name, cron, timeZone }) => `${name} at ${cron} ${timeZone}`).join('; ')}${plan.isDefault ? ' (no jobs in the configuration: these are the default ones)' : ''}`, facts: { pid: process.pid, version: plan.version } });
    await scheduler.tick({ isStopping: stops > 0 });
    if (loaded.damage === null && scheduler.isSaved()) notify({ level: 'info', event: 'ready', text: 'runs again', resolve: ['job-failed'] });
    const ready: RunningScheduler = { ...own, isReady: true };
    await writePidFile(root, ready);
    const clock = watchClock({ nowMs, steadyMs: () => performance.now() });
    const config = watchConfig(plan.configFile);
    while (stops === 0) {
      await rest(Math.min(plan.tickMs, scheduler.idleMs()));
      if (stops > 0) break;
      const moved = clock.look();
      if (moved !== undefined) log.write(moved);
      const other = holderBeside(root, own);
      if (other !== 'own' && other !== 'nobody') {
        log.write({ level: 'error', event: 'replaced', text: `process ${other.process.pid} schedules here now; this one leaves` });
        return 1;
      }
      if (other === 'nobody') await writePidFile(root, ready).catch(() => undefined);
      else beat(paths.pidFile);
      if (config.hasChanged()) {
        const leave = new AbortController();
        wake = () => leave.abort();
        await takeNewPlan(scheduler, args, notify, leave.signal);
        if (stops > 0) break;
      }
      await scheduler.tick();
    }
    await letRunningEnd(scheduler, plan, { rest, stops: () => stops, notify });
    log.write({ level: 'info', event: 'ended', text: 'scheduler ended' });
    await Promise.race([alerts.settled(), rest(ALERT_PATIENCE_MS)]);
    return 0;
  } finally {
    for (const signal of STOP_SIGNALS) options.signals.off(signal, onSignal);
    await releaseScheduler(root, own);
  }
}

async function takeNewPlan(scheduler: Scheduler, args: readonly string[], notify: (notice: Notice) => void, signal: AbortSignal): Promise<void> {
  const answer = await makePlan(args, { isQuiet: true, signal }).catch((error: unknown): PlanAnswer => ({ exitCode: 1, words: String(error) }));
  if (signal.aborted) return;
  if ('plan' in answer) {
    scheduler.replaceJobs(answer.plan.jobs);
    notify({ level: 'info', event: 'jobs-changed', text: `the configuration changed; jobs now: ${answer.plan.jobs.map(({ name }) => name).join(', ')}`, resolve: ['job-failed'] });
  } else notify({ level: 'error', event: 'config-refused', text: `the configuration changed and cannot be used; the jobs stay as they were: ${answer.words}`, raise: 'job-failed' });
}

/** Waits for what runs: within the limit given to it, then it is asked to end, then made to. */
async function letRunningEnd(scheduler: Scheduler, plan: SchedulerPlan, { rest, stops, notify }: { rest(ms: number): Promise<void>; stops(): number; notify(notice: Notice): void }): Promise<void> {
  const startMs = performance.now();
  const { pidFile } = schedulePaths(plan.root);
  if (scheduler.running().length > 0) notify({ level: 'info', event: 'stopping', text: `stopping: no new jobs; ${scheduler.running().join(', ')} may take ${saySpan(plan.stopWithinMs)} to come to an end` });
  let askedMs: number | undefined;
  for (;;) {
    await scheduler.tick({ isStopping: true });
    beat(pidFile);
    if (scheduler.running().length === 0) return;
    const now = performance.now();
    if (askedMs === undefined && (stops() > 1 || now - startMs >= plan.stopWithinMs)) {
      askedMs = now;
      notify({ level: 'warn', event: 'ending-jobs', text: `${scheduler.running().join(', ')} asked to end` });
      scheduler.endRunning();
    }
    if (askedMs !== undefined && (stops() > 2 || now - askedMs >= END_PATIENCE_MS)) await scheduler.killRunning();
    await rest(Math.min(500, Math.max(5, askedMs === undefined ? startMs + plan.stopWithinMs - now : 500)));
  }
}

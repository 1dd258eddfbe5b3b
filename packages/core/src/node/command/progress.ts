// Progress of long work, always on standard error: a bar with rate and time left on a terminal, a plain line now
// and then elsewhere, nothing when quiet.
import cliProgress from 'cli-progress';

/** One piece of work under way. */
export interface ProgressTask {
  /** `steps` more are done (default 1). */
  advance(steps?: number): void;
  /** `done` steps are done in all, of `total`, where that is known better now. */
  set(done: number, total?: number): void;
  /** The work is over, whether it was finished or not. Calling it again does nothing. */
  end(): void;
}

/** Where commands report progress. */
export interface Progress {
  /**
   * Begins a piece of work.
   * @param label what is being done, such as `Walk-forward T21_X8`
   * @param total number of steps; 0 when unknown
   * @param unit what a step is, in the plural, such as `folds`. Default: steps
   */
  task(label: string, total: number, unit?: string): ProgressTask;
}

/** The part of a stream that output needs. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Between two plain lines of one task. */
const LINE_EVERY_MS = 10_000;

const silentTask: ProgressTask = { advance() {}, set() {}, end() {} };

/** The progress for a stream. */
export function createProgress(stream: OutputStream, options: { readonly quiet: boolean; readonly nowMs: () => number }): Progress {
  if (options.quiet) return { task: () => silentTask };
  return {
    task: (label, total, unit = 'steps') => (stream.isTTY === true ? barTask(stream, label, total, unit, options.nowMs) : lineTask(stream, label, total, unit, options.nowMs)),
  };
}

const perSecond = (done: number, elapsedMs: number): string => {
  const rate = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  return rate >= 100 ? rate.toFixed(0) : rate.toPrecision(2);
};

function barTask(stream: OutputStream, label: string, firstTotal: number, unit: string, nowMs: () => number): ProgressTask {
  const bar = new cliProgress.SingleBar(
    {
      stream: stream as unknown as NodeJS.WritableStream,
      format: `${label} [{bar}] {value}/{total} ${unit} · {rate}/s · {eta_formatted} left`,
      // nothing is switched off on the terminal that a killed process could not switch on again
      hideCursor: null,
      linewrap: true,
      gracefulExit: false,
      clearOnComplete: false,
      stopOnComplete: false,
      barsize: 24,
    },
    cliProgress.Presets.shades_classic,
  );
  const startedMs = nowMs();
  let done = 0;
  let isOpen = true;
  bar.start(firstTotal, 0, { rate: '0' });
  const set = (value: number, total?: number): void => {
    if (!isOpen) return;
    done = value;
    if (total !== undefined) bar.setTotal(total);
    bar.update(done, { rate: perSecond(done, nowMs() - startedMs) });
  };
  return {
    set,
    advance: (steps = 1) => set(done + steps),
    end() {
      if (isOpen) bar.stop();
      isOpen = false;
    },
  };
}

function lineTask(stream: OutputStream, label: string, firstTotal: number, unit: string, nowMs: () => number): ProgressTask {
  const startedMs = nowMs();
  let shownMs = startedMs;
  let total = firstTotal;
  let done = 0;
  let isOpen = true;
  const of = (): string => (total > 0 ? `${done}/${total} ${unit}` : `${done} ${unit}`);
  const set = (value: number, newTotal = total): void => {
    done = value;
    total = newTotal;
    const now = nowMs();
    if (!isOpen || now - shownMs < LINE_EVERY_MS || done === total) return;
    shownMs = now;
    const leftMs = done > 0 && total > 0 ? ((total - done) * (now - startedMs)) / done : undefined;
    stream.write(`${label}: ${of()}, ${perSecond(done, now - startedMs)}/s${leftMs === undefined ? '' : `, about ${Math.round(leftMs / 1000)} s left`}\n`);
  };
  return {
    set,
    advance: (steps = 1) => set(done + steps),
    end() {
      if (isOpen) stream.write(`${label}: ${of()} in ${((nowMs() - startedMs) / 1000).toFixed(1)} s\n`);
      isOpen = false;
    },
  };
}

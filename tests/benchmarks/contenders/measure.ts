// Processor and wall time of a piece of work, and the memory of this process.
import { readFileSync, writeFileSync } from 'node:fs';
import { spreadOf } from '../statistics.js';
import type { Memory, Timing } from '../job.js';

/** Times work that may be asynchronous. */
export async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ timing: Timing; result: Result }> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const wallSeconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { timing: { cpuSeconds: (user + system) / 1e6, wallSeconds }, result };
}

/** Times calls that are too short for the processor clock: its mean per call, and the median wall time of one. */
export async function timedCalls(calls: number, work: (call: number) => unknown): Promise<Timing> {
  const walls = new Float64Array(calls);
  const { timing } = await timed(() => {
    for (let call = 0; call < calls; call += 1) {
      const start = performance.now();
      work(call);
      walls[call] = performance.now() - start;
    }
  });
  return { cpuSeconds: timing.cpuSeconds / calls, wallSeconds: spreadOf([...walls]).median / 1000 };
}

/** The timing of the median piece. */
export function medianTiming(timings: readonly Timing[]): Timing {
  return { cpuSeconds: spreadOf(timings.map((one) => one.cpuSeconds)).median, wallSeconds: spreadOf(timings.map((one) => one.wallSeconds)).median };
}

/** A meter of peak memory that starts anew where the kernel lets it (Linux); elsewhere the peak is that of the whole process. */
export function createMemoryMeter(): { start(): void; read(): Memory } {
  let loadedMb = 0;
  return {
    start() {
      loadedMb = process.memoryUsage().rss / 2 ** 20;
      try {
        writeFileSync('/proc/self/clear_refs', '5'); // sets VmHWM back to VmRSS, see proc(5)
      } catch {
        // another system, or not permitted: the peak then includes loading
      }
    },
    read: () => ({ loadedMb, peakMb: Math.max(loadedMb, peakMb()) }), // the kernel counts pages per core and adds up late
  };
}

function peakMb(): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    if (found !== null) return Number(found[1]) / 1024;
  } catch {
    // no /proc here
  }
  return process.resourceUsage().maxRSS / 1024;
}

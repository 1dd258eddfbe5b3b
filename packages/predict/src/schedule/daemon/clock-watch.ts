// Notices that the clock jumped: the machine slept, or somebody set the clock. What follows from it is decided by looking at
// what is due; this is for the log, where a reader wonders why a job ran late.
import { type Notice, saySpan } from '../plan/notice.js';

/** Less is the ordinary lateness of a busy machine, or NTP at work. */
const JUMP_MS = 60_000;
/** A clock that keeps jumping is told once in a while. */
const TELL_EVERY_MS = 60_000;

/** @param steadyMs a clock that nobody sets, such as performance.now */
export function watchClock(options: { readonly nowMs: () => number; readonly steadyMs: () => number }): { look(): Notice | undefined } {
  let [wallMs, steadyMs] = [options.nowMs(), options.steadyMs()];
  let toldMs = -Infinity;
  return {
    look() {
      const [wall, steady] = [options.nowMs(), options.steadyMs()];
      const jumpMs = wall - wallMs - (steady - steadyMs);
      [wallMs, steadyMs] = [wall, steady];
      if (Math.abs(jumpMs) < JUMP_MS || steady - toldMs < TELL_EVERY_MS) return undefined;
      toldMs = steady;
      const text = jumpMs > 0 ? `the clock moved forward by ${saySpan(jumpMs)}: the machine slept, or the clock was set` : `the clock was set back by ${saySpan(-jumpMs)}`;
      return { level: 'warn', event: 'clock-moved', text, facts: { moved_ms: Math.round(jumpMs) } };
    },
  };
}

// Preloaded into a process (NODE_OPTIONS=--import=…/stepped-clock.mjs) it lets its clock run faster, and that of all processes that it starts:
// STEPPED_CLOCK=REAL:SIMULATED:RATE, the simulated time SIMULATED at the real time REAL (both UTC ms), and RATE simulated ms for each real one.
// Timers end so much earlier. Times of files stay real.
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

const [realMs, simulatedMs, rate] = (process.env.STEPPED_CLOCK ?? '').split(':').map(Number);

if (rate > 0) {
  const RealDate = globalThis.Date;
  const realNow = RealDate.now;
  const now = () => Math.floor(simulatedMs + (realNow() - realMs) * rate);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  const startedMs = performance.now();
  const monotonic = performance.now.bind(performance);
  performance.now = () => startedMs + (monotonic() - startedMs) * rate;
  for (const name of ['setTimeout', 'setInterval']) {
    const real = globalThis[name];
    globalThis[name] = Object.assign((work, ms = 0, ...args) => real(work, ms / rate, ...args), real);
  }
  const { setTimeout: wait } = timersPromises;
  timersPromises.setTimeout = (ms = 0, value, options) => wait(ms / rate, value, options);
  syncBuiltinESMExports();
}

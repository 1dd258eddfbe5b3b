// Lets waits between two requests (core's http/sleep) take no time, in scripts too, where modules cannot be mocked. Time-outs stay as they are.

/** From now on, until the function that it gives is called. */
export function quickenSleeps(): () => void {
  const real = globalThis.setTimeout;
  const quick = (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): NodeJS.Timeout => {
    const isSleep = (ms ?? 0) > 50 && /[\\/]http[\\/]sleep\./.test(new Error('where').stack ?? '');
    return real(work, isSleep ? 0 : ms, ...args);
  };
  globalThis.setTimeout = Object.assign(quick, real) as typeof setTimeout;
  return () => {
    globalThis.setTimeout = real;
  };
}

// The last yard between a program and the process: arguments, streams, signals, exit code.
import { ForecastLabError } from '../../errors.js';
import { explainSystemError } from './explain-system-error.js';
import { type Program, runProgram } from './run-program.js';

const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs `program` as this process and sets `process.exitCode`.
 * The first Ctrl-C (or SIGTERM) asks the command to stop; the second ends the process at once.
 * A reader that goes away (`| head`) is no error.
 */
export async function runAsMain(program: Program): Promise<void> {
  const stop = new AbortController();
  const onSignal = (signal: keyof typeof SIGNAL_EXIT_CODES): void => {
    if (stop.signal.aborted) process.exit(SIGNAL_EXIT_CODES[signal]);
    stop.abort(new ForecastLabError('INTERRUPTED', `Stopped by ${signal} before the work was done.`, { hint: 'Nothing half written was left behind; run the same command again.', details: { signal } }));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      // The result did not arrive, whatever the command says (`> file` on a full disk).
      reportLostOutput(error, stream === process.stderr);
      process.exit(1);
    });
  }
  try {
    process.exitCode = await runProgram({ ...program, argv: process.argv.slice(2), env: process.env, stdout: process.stdout, stderr: process.stderr, nowMs: () => Date.now(), signal: stop.signal });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function reportLostOutput(error: Error, isStderr: boolean): void {
  if (isStderr) return;
  const { message, hint } = explainSystemError(error) ?? { message: error.message, hint: undefined };
  process.stderr.write(`error: The output cannot be written. ${message}\n${hint === undefined ? '' : `hint: ${hint}\n`}`);
}

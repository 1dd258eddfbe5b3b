// Runs one program to its end, with its output either shown or kept for the case that it fails.
import { spawn } from 'node:child_process';

/**
 * Runs a program.
 * @param {string} command program, or with `shell` a whole command line
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, show?: boolean}} options
 *   show: pass the program's output through (default: keep it)
 * @returns {Promise<{code: number, output: string}>} exit code (128 + signal number when killed) and the kept output
 */
export function run(command, args, { cwd, env, shell = false, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      shell,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    // A terminal sends Ctrl-C to the child as well: wait for it to end in its own way. Other signals are passed on.
    const onInterrupt = () => {};
    const onTerminate = () => child.kill('SIGTERM');
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    const finish = (result) => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(result);
    };
    const kept = [];
    child.stdout?.on('data', (bytes) => kept.push(bytes));
    child.stderr?.on('data', (bytes) => kept.push(bytes));
    child.on('error', (error) => finish({ code: 127, output: `${command}: ${error.message}` }));
    child.on('close', (code, signal) =>
      finish({ code: code ?? (signal === 'SIGINT' ? 130 : 143), output: Buffer.concat(kept).toString('utf8').trim() }),
    );
  });
}

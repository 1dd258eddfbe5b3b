// `schedule run` as a small process: it never loads what only a large one needs.
import { explainSystemError, isForecastLabError } from '@forecastlab/core/node/files';
import { makePlan } from './make-plan.js';
import { runScheduler } from './run-scheduler.js';

/** Runs `schedule run …` and gives the exit code. @param args the words after the program's name */
export async function lightRun(args: readonly string[]): Promise<number> {
  const answer = await makePlan(args, { isQuiet: false });
  if (!('plan' in answer)) return answer.exitCode;
  process.stderr.on('error', () => undefined);
  try {
    return await runScheduler(answer.plan, args, { signals: process });
  } catch (cause) {
    const error = explainSystemError(cause) ?? cause;
    const hint = isForecastLabError(error) ? error.hint : undefined;
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n${hint === undefined ? '' : `hint: ${hint}\n`}`);
    return 1;
  }
}

// Ends processes that must not outlive a run: politely first, then for good.
import { setTimeout as sleep } from 'node:timers/promises';
import { findByVariable, isAlive, type ProcessIdentity, signalProcess, signalQuietly } from './process-identity.js';

const POLL_MS = 50;

/** The variable by which all processes of a run are known, down to the last grandchild. */
export const RUN_ID_VARIABLE = 'FORECASTLAB_RUN_ID';

/** Ends every process of a run: TERM, and KILL for what is left after `patienceMs`. Gives how many there were. */
export async function endRun(runId: string, { patienceMs }: { readonly patienceMs: number }): Promise<number> {
  return endAll(() => findByVariable(RUN_ID_VARIABLE, runId), patienceMs);
}

/** Ends a process group. */
export async function endGroup(pgid: number, { patienceMs }: { readonly patienceMs: number }): Promise<void> {
  signalQuietly(-pgid, 'SIGTERM');
  for (let waited = 0; waited < patienceMs && signalQuietly(-pgid, 0); waited += POLL_MS) await sleep(POLL_MS);
  signalQuietly(-pgid, 'SIGKILL');
}

async function endAll(find: () => ProcessIdentity[], patienceMs: number): Promise<number> {
  const found = find();
  for (const identity of found) signalProcess(identity, 'SIGTERM');
  for (let waited = 0; waited < patienceMs && found.some(isAlive); waited += POLL_MS) await sleep(POLL_MS);
  // Once more: what was found may have started others meanwhile.
  for (const identity of found.length === 0 ? [] : find()) signalProcess(identity, 'SIGKILL');
  return found.length;
}

// A root in which the main job has got as far as an active bundle for the sample market, through the built commands.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finished, runCommand } from './commands.js';

/** The market of the sample, as every command names it. */
export const sampleMarket = ['--symbol', 'SAMPLEUSDT', '--interval', '1d'] as const;

/** The bundle that the main job makes. */
export const mainCandidates = ['--candidates', 'T21_X8,T14_X8', '--features', 'flow'] as const;

/** A new root with sample klines and an active bundle; the caller removes it. Throws when a command fails. */
export async function makeSampleRoot(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'forecastlab-sample-'));
  await expectDone(runCommand('train', ['data', 'update', ...sampleMarket, '--source', 'sample'], root));
  await expectDone(runCommand('train', ['bundle', ...sampleMarket, ...mainCandidates, '--activate'], root));
  return root;
}

/** The finished program, or an Error with all that it printed when its exit code is not 0. */
export async function expectDone(running: Promise<Finished>): Promise<Finished> {
  const finished = await running;
  if (finished.code !== 0) throw new Error(`exit code ${finished.code}\n${finished.stdout}\n${finished.stderr}`);
  return finished;
}

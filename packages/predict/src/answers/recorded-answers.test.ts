import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderStore } from '@forecastlab/core/node';
import { expect, it, onTestFinished } from 'vitest';
import { readRecordedAnswers } from './recorded-answers.js';

it('believes the newest record of each path, whichever job wrote it, and passes over what is none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'recorded-answers-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const store = openFolderStore(root);
  const answer = (path: string, sha256: string) => ({ path, sha256, deploy_name: 'b1', backfilled: false, run_warnings: [] });
  const put = (job: string, name: string, text: string): Promise<void> => store.createOnly(`outputs/runs/${job}/${name}.json`, new TextEncoder().encode(text));
  const facts = (...answers: unknown[]): string => JSON.stringify({ facts: { answers } });
  await put('predict', '20250101T000500000Z-aaaaaa', facts(answer('p1', 'old'), answer('p2', 'only')));
  await put('backfill', '20250102T000500000Z-aaaaaa', facts(answer('p1', 'new')));
  await put('predict', '20250103T000500000Z-aaaaaa', facts(answer('p1', 'newest')).slice(0, -2));
  await put('predict', '20250104T000500000Z-aaaaaa', 'null');
  await put('predict', '20250105T000500000Z-aaaaaa', facts({ path: 'p1' }, null, 'p1'));
  expect([...(await readRecordedAnswers(store))].map(([path, { sha256 }]) => [path, sha256])).toEqual([['p1', 'new'], ['p2', 'only']]);
});

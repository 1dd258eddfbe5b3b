// The built commands over a bucket, as they run in a container: data, bundle, prediction, and again.
import { runProgram } from '@forecastlab/core/node';
import { trainProgram } from '@forecastlab/train';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesUnder, runCommand, temporaryFolder, type CommandName, type Finished } from './support/commands.js';
import { type LocalGcs, startLocalGcs } from './local-gcs/index.js';

let gcs: LocalGcs;
beforeAll(async () => {
  gcs = await startLocalGcs();
});
afterAll(() => gcs.close());

const MARKET = '--symbol SAMPLEUSDT --interval 1d';
const BUNDLE = `bundle ${MARKET} --candidates T7_X6 --features baseline --model logistic --activate`;

it('does the daily work in a bucket, and nothing twice', async () => {
  const root = temporaryFolder();
  const call = async (name: CommandName, line: string): Promise<Finished & { document: Record<string, unknown> }> => {
    const finished = await runCommand(name, [...line.split(' '), '--json', '--store', 'gs://bucket/daily'], root, { cwd: root, env: gcs.env });
    expect(finished, `${line}\n${finished.stderr}`).toMatchObject({ code: 0 });
    return { ...finished, document: JSON.parse(finished.stdout) as Record<string, unknown> };
  };
  await call('train', 'data update --source sample');
  await call('train', `${BUNDLE} --name first`);
  await call('train', `${BUNDLE} --name second --seed 2`);
  // The first answers of the day's writes are lost: nobody notices.
  gcs.faults.add({ kind: 'lost', method: 'POST', path: /predictions/ });
  await call('predict', 'run');
  gcs.faults.clear();
  const [prediction] = gcs.objects.names('daily/outputs/predictions/daily/');
  const made = gcs.objects.get(prediction);
  expect(gcs.faults.happened.lost).toBe(1);
  expect(JSON.parse(gcs.objects.text(prediction) ?? '')).toMatchObject({ symbol: 'SAMPLEUSDT', deploy_name: 'second' });

  await call('predict', 'run');
  expect(gcs.objects.names('daily/outputs/predictions/daily/')).toEqual([prediction]);
  expect(gcs.objects.get(prediction)).toMatchObject({ generation: made?.generation, timesWritten: 1 });

  await call('train', 'models rollback');
  expect((await call('train', 'models list')).document).toMatchObject([{ name: 'second', isActive: false }, { name: 'first', isActive: true }]);
  await call('viz', `chart price --out ${root}/price.svg`);
  // Locks are given back, and nothing but the chart lies on this machine.
  expect(gcs.objects.names().filter((name) => name.endsWith('.lock'))).toEqual([]);
  expect(Object.keys(filesUnder(root))).toEqual(['price.svg']);
}, 120_000);

it('tells what is wrong with a store, each with its exit code', async () => {
  const cwd = temporaryFolder();
  const call = async (store: string): Promise<{ code: number; stderr: string }> => {
    let stderr = '';
    const code = await runProgram({ ...trainProgram, argv: ['models', 'list', '--store', store], env: gcs.env, cwd, stdout: { write: () => undefined }, stderr: { write: (text) => (stderr += text) }, nowMs: Date.now });
    return { code, stderr };
  };
  expect(await call('s3://bucket')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no kind of store for s3://') as string });
  expect(await call('gs://Bucket')).toMatchObject({ code: 2, stderr: expect.stringContaining('gs://BUCKET/PREFIX') as string });
  expect(await call('gs://nobody-has-this')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no bucket named nobody-has-this') as string });
  gcs.faults.add({ kind: 'forbidden', times: Infinity });
  expect(await call('gs://bucket')).toMatchObject({ code: 1, stderr: expect.stringContaining('roles/storage.objectUser') as string });
  gcs.faults.clear();
  gcs.faults.add({ kind: 'busy', times: Infinity, retryAfterS: 900 });
  expect(await call('gs://bucket')).toMatchObject({ code: 75, stderr: expect.stringContaining('429') as string });
  gcs.faults.clear();
});

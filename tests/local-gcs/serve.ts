// A bucket on this machine, in memory, to try `--store gs://…` without an account.
//   node --import tsx tests/local-gcs/serve.ts --port 4443 --bucket bucket
import { parseArgs } from 'node:util';
import { startLocalGcs } from './start-local-gcs.js';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4443' }, bucket: { type: 'string', default: 'bucket' }, help: { type: 'boolean' } } });
if (values.help === true) {
  process.stdout.write('node --import tsx tests/local-gcs/serve.ts [--port 4443] [--bucket NAME]\n');
} else {
  const gcs = await startLocalGcs({ port: Number(values.port), buckets: [values.bucket], isWriteRateLimited: true });
  process.stdout.write(`A local bucket, in memory: gone when this ends (Ctrl-C).

  export STORAGE_EMULATOR_HOST=${gcs.url}
  forecastlab-train data update --source sample --store gs://${values.bucket}/sample
`);
  const end = (): void => void gcs.close();
  process.once('SIGINT', end).once('SIGTERM', end);
}

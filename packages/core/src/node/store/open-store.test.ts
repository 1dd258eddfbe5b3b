import { expect, it } from 'vitest';
import { openStore } from './open-store.js';

it('opens folders and buckets', async () => {
  expect((await openStore('/data/lab')).describe('a.json')).toBe('/data/lab/a.json');
  expect((await openStore('gs://my-bucket')).describe('a.json')).toBe('gs://my-bucket/a.json');
  expect((await openStore('gs://my-bucket/')).describe()).toBe('gs://my-bucket');
  expect((await openStore('gs://my-bucket/btc/daily/')).describe('a.json')).toBe('gs://my-bucket/btc/daily/a.json');
});

it.each(['s3://bucket/x', 'GS://bucket', 'file:///data', 'gs://', 'gs://x', 'gs://Bucket', 'gs://bucket//x', 'gs://bucket/../x', 'gs://bucket/x.lock', 'gs://bucket/a\\b'])('refuses %s', async (address) => {
  await expect(openStore(address)).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining(address.replace('\\', '\\\\')) as string });
});

it('refuses an emulator that is no address', async () => {
  await expect(openStore('gs://bucket', { env: { STORAGE_EMULATOR_HOST: 'http://' } })).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringContaining('STORAGE_EMULATOR_HOST') as string });
});

import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { googleCredentials } from './google-credentials.js';

let folder = '';
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecastlab-credentials-'));
  // No login of this machine is found by accident.
  vi.stubEnv('HOME', folder);
  vi.stubEnv('APPDATA', folder);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A metadata server as in Cloud Run. Gives what it was asked. */
async function metadata(): Promise<string[]> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${String(request.headers['metadata-flavor'])}`);
    response.writeHead(200, { 'metadata-flavor': 'Google', 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: 'of-the-machine', expires_in: 3600, token_type: 'Bearer' }));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('GCE_METADATA_HOST', `127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
  return asked;
}

it('signs with the key file that GOOGLE_APPLICATION_CREDENTIALS names', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(folder, 'key.json');
  await writeFile(file, JSON.stringify({ type: 'service_account', client_email: 'job@project.iam.gserviceaccount.com', private_key_id: 'k1', private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file);
  const { authorization } = await googleCredentials()();
  const [head, claims, signature] = authorization.replace(/^Bearer /, '').split('.');
  expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ iss: 'job@project.iam.gserviceaccount.com', scope: 'https://www.googleapis.com/auth/devstorage.read_write' });
});

it('takes the service account of the machine, and asks for its token once', async () => {
  const asked = await metadata();
  const authorize = googleCredentials();
  expect(await authorize()).toMatchObject({ authorization: 'Bearer of-the-machine' });
  await authorize();
  expect(asked.filter((line) => line.includes('/token'))).toEqual([expect.stringMatching(/^\/computeMetadata\/v1\/instance\/service-accounts\/default\/token\S* Google$/)]);
});

it('says the way out when there are none, or the key file is not there', async () => {
  const wayOut = { code: 'FAILED', message: expect.stringContaining('no usable credentials') as string, hint: expect.stringContaining('gcloud auth application-default login') as string };
  await expect(googleCredentials()()).rejects.toMatchObject(wayOut);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'absent.json'));
  await expect(googleCredentials()()).rejects.toMatchObject({ ...wayOut, message: expect.stringContaining('absent.json') as string });
});

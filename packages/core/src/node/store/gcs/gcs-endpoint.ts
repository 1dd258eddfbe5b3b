// Where the JSON API is asked: Google, or an emulator named by STORAGE_EMULATOR_HOST, as Google's own clients know it.
import { optionError } from '../../../errors.js';

const GOOGLE = 'https://storage.googleapis.com';

export interface GcsEndpoint {
  /** Without a slash at the end. */
  readonly url: string;
  /** An emulator is never sent credentials. */
  readonly isEmulator: boolean;
}

/** @throws BAD_OPTION for a STORAGE_EMULATOR_HOST that is no address */
export function gcsEndpoint(env: Readonly<Record<string, string | undefined>>): GcsEndpoint {
  const host = env.STORAGE_EMULATOR_HOST ?? '';
  if (host === '') return { url: GOOGLE, isEmulator: false };
  const url = /^https?:\/\//.test(host) ? host : `http://${host}`;
  if (!URL.canParse(url) || (/:\/\//.test(host) && url !== host)) throw optionError('the environment', 'STORAGE_EMULATOR_HOST', 'an address such as http://127.0.0.1:4443', host);
  return { url: url.replace(/\/+$/, ''), isEmulator: true };
}

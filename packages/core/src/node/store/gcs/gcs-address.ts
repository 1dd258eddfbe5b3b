// gs://bucket/prefix: which bucket, and under which names in it a store keeps its artifacts.
import { optionError } from '../../../errors.js';
import { isArtifactPath } from '../artifact-path.js';

export interface GcsAddress {
  readonly bucket: string;
  /** Begins the name of every object of the store: '' or `some/folder/`. */
  readonly prefix: string;
}

/** Source: https://cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

/**
 * @example parseGcsAddress('gs://my-bucket/btc') // { bucket: 'my-bucket', prefix: 'btc/' }
 * @throws BAD_OPTION
 */
export function parseGcsAddress(address: string): GcsAddress {
  const [, bucket = '', path = ''] = /^gs:\/\/([^/]*)\/?(.*?)\/?$/s.exec(address) ?? [];
  if (!BUCKET.test(bucket) || (path !== '' && !isArtifactPath(path))) {
    throw optionError('the command', 'store', 'a folder, or gs://BUCKET or gs://BUCKET/PREFIX', address, 'A bucket has 3 to 222 small letters, digits, dots, dashes or underscores; the prefix is a plain path.');
  }
  return { bucket, prefix: path === '' ? '' : `${path}/` };
}

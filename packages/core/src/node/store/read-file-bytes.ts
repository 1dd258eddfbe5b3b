// Reads a file that may be larger than anybody expects: the size is looked at before memory is given to it.
import { ForecastLabError } from '../../errors.js';
import { nodeFileSystem, type OpenFile } from './file-system.js';
import type { WriteOptions } from './write-file-whole.js';

export interface ReadOptions extends WriteOptions {
  /** A larger file is refused with BAD_FILE. Default: 2 GiB, past which one buffer is not dependable. */
  readonly maxBytes?: number;
}

/** The bytes of a file. Throws the system's error (ENOENT, ...), or BAD_FILE for a folder, a pipe, a device, and what is larger than `maxBytes`. */
export async function readFileBytes(path: string, options: ReadOptions = {}): Promise<Uint8Array> {
  const { fs = nodeFileSystem, maxBytes = 2 ** 31 } = options;
  const kind = await fs.stat(path);
  // Opening a pipe waits for a writer, for ever if need be; a device has no size.
  if (!kind.isFile()) {
    const reason = kind.isDirectory() ? 'is a folder, not a file' : 'is a pipe or a device, not a plain file';
    throw new ForecastLabError('BAD_FILE', `${path} ${reason}.`, { hint: 'A plain file must lie there.', details: { file: path, isFolder: kind.isDirectory() } });
  }
  const file = await fs.open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > maxBytes) throw new ForecastLabError('BAD_FILE', `${path} has ${size} bytes; at most ${maxBytes} are expected.`, { details: { file: path, bytes: size, maxBytes } });
    return await readOpenFile(file, size);
  } finally {
    await file.close();
  }
}

/** The first `size` bytes of an open file, fewer when it is shorter. */
export async function readOpenFile(file: Pick<OpenFile, 'read'>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await file.read(bytes, done, size - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

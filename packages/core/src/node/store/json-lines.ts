// Append-only files of one JSON object per line (histories, outcomes). A crash can cut the last line, nothing else:
// it was never acknowledged, so the next append removes it and a reader passes over it.
import { dirname } from 'node:path';
import { ForecastLabError } from '../../errors.js';
import { type FileSystem, nodeFileSystem, type OpenFile, systemErrorCode } from './file-system.js';
import { checkLine, isJsonObject } from './json-line.js';
import { readFileBytes } from './read-file-bytes.js';
import { makeFolder, syncFolder, writeAll } from './temporary-file.js';
import type { WriteOptions } from './write-file-whole.js';

const NEWLINE = 10;

/**
 * Appends one line (a JSON object, without line ends) and syncs it to disk. Makes the file and its folders.
 * Writers at the same time need a lock around it. On error the file is as before, or ends in a cut line that the next append mends.
 */
export async function appendLine(path: string, line: string, options: WriteOptions = {}): Promise<void> {
  checkLine(line);
  const fs = options.fs ?? nodeFileSystem;
  await makeFolder(fs, dirname(path));
  const file = await fs.open(path, 'a+');
  let isNew = false;
  try {
    const prefix = await mendTail(file);
    const { size } = await file.stat();
    isNew = size === 0;
    try {
      await writeAll(file, new TextEncoder().encode(`${prefix}${line}\n`));
      await file.sync();
    } catch (error) {
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
  if (isNew) await syncFolder(fs, dirname(path));
}

/** Cuts off an unfinished last line. Gives what must come before the next line: a line end that alone was missing, or nothing. */
async function mendTail(file: OpenFile): Promise<string> {
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.min(size, 4096));
  for (let end = size, tail = ''; end > 0; ) {
    const length = Math.min(bytes.length, end);
    await readFully(file, bytes, length, end - length);
    const newline = bytes.lastIndexOf(NEWLINE, length - 1);
    if (newline === length - 1 && end === size) return '';
    // latin1 keeps one character per byte; the text only decides whether this is a whole object.
    tail = Buffer.from(bytes.subarray(newline + 1, length)).toString('latin1') + tail;
    end -= length;
    if (newline < 0 && end > 0) continue;
    if (isJsonObject(tail)) return '\n';
    await file.truncate(newline < 0 ? 0 : end + newline + 1);
    return '';
  }
  return '';
}

async function readFully(file: OpenFile, bytes: Uint8Array, length: number, position: number): Promise<void> {
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw Object.assign(new Error('The file became shorter while it was read.'), { code: 'EIO' });
    done += bytesRead;
  }
}

/** The objects of a JSON-lines file; none when it does not exist. Throws CORRUPT naming file and line. */
export async function readJsonLines(path: string, options: WriteOptions = {}): Promise<unknown[]> {
  const fs: FileSystem = options.fs ?? nodeFileSystem;
  try {
    return parseJsonLines(await readFileBytes(path, { fs }), { fileName: path });
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The objects in the bytes of a JSON-lines file. A last line without line end that is no object was cut by a crash and is passed over. */
export function parseJsonLines(bytes: Uint8Array, options: { readonly fileName: string }): unknown[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const records: unknown[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    if (isJsonObject(line)) records.push(JSON.parse(line));
    else if (index < lines.length - 1) {
      throw new ForecastLabError('CORRUPT', `${options.fileName}, line ${index + 1}: not a JSON object.`, {
        hint: 'Mend or remove that line by hand; the other lines are whole.',
        details: { file: options.fileName, row: index + 1 },
      });
    }
  });
  return records;
}

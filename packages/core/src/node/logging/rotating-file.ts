// A log file that several processes write at once, put aside when it is full. Each line is one write(2) to a file opened for appending,
// so lines never mix; the file is opened anew for each, so that no process goes on writing to one that was put aside long ago.
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Writes lines. */
export interface LineFile {
  /** Writes one line; `line` ends with a line end. Throws the system's error (ENOSPC, EROFS, ...). */
  write(line: string): void;
}

export interface RotatingFileOptions {
  /** The file is put aside before a line would make it larger than this. */
  readonly maxBytes: number;
  /** So many files that were put aside are kept: the newest. */
  readonly keep: number;
  /** UTC milliseconds, for the names of files that are put aside. */
  readonly nowMs: () => number;
}

const NEWLINE = 10;
/** Putting aside takes a millisecond; who holds the right to it for longer was killed. */
const STALE_MS = 10_000;
let counter = 0;

/** The log at `path` (`…/predict.jsonl`); full ones become `…/predict.20250131T000705123Z-<pid>-<n>.jsonl` beside it. */
export function rotatingFile(path: string, options: RotatingFileOptions): LineFile {
  return {
    write(line) {
      const bytes = Buffer.from(line);
      const fd = openForAppending(path);
      let isFull = false;
      try {
        const { size } = fstatSync(fd);
        isFull = size > 0 && size + bytes.length > options.maxBytes;
        if (!isFull) appendWhole(fd, bytes, size);
      } finally {
        closeSync(fd);
      }
      if (!isFull) return;
      putAside(path, bytes.length, options);
      const next = openForAppending(path);
      try {
        appendWhole(next, bytes, fstatSync(next).size);
      } finally {
        closeSync(next);
      }
    },
  };
}

function openForAppending(path: string): number {
  try {
    return openSync(path, 'a+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a+');
  }
}

/** A writer that was killed, or a disk that was full, may have left half a line: this one then begins on a line of its own. */
function appendWhole(fd: number, bytes: Buffer, size: number): void {
  const last = Buffer.alloc(1, NEWLINE);
  if (size > 0) readSync(fd, last, 0, 1, size - 1);
  const whole = last[0] === NEWLINE ? bytes : Buffer.concat([Buffer.from('\n'), bytes]);
  const written = writeSync(fd, whole);
  // The rest could end up behind the line of another process.
  if (written < whole.length) throw Object.assign(new Error('The disk took a part of a line only.'), { code: 'ENOSPC', errno: -28, path: undefined });
}

/** Of several processes that find the file full, one puts it aside; the others write on where they are. */
function putAside(path: string, room: number, { maxBytes, keep, nowMs }: RotatingFileOptions): void {
  const lock = `${path}.rotating`;
  if (!takeLock(lock)) return;
  try {
    if (statSync(path).size + room <= maxBytes) return;
    counter += 1;
    renameSync(path, `${stem(path)}.${timeName(nowMs())}-${process.pid}-${counter}.jsonl`);
    for (const old of asideFiles(path).slice(0, -keep || undefined)) unlinkSync(old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    rmdirSync(lock);
  }
}

/** The files that were put aside, oldest first. */
export function asideFiles(path: string): string[] {
  const prefix = `${basename(stem(path))}.`;
  const isAside = (name: string): boolean => name.startsWith(prefix) && /^\d{8}T\d{9}Z-\d+-\d+\.jsonl$/.test(name.slice(prefix.length));
  return readdirSync(dirname(path)).filter(isAside).sort().map((name) => join(dirname(path), name));
}

function takeLock(lock: string): boolean {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      mkdirSync(lock);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      try {
        if (Math.abs(Date.now() - statSync(lock).mtimeMs) < STALE_MS) return false;
        rmdirSync(lock);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
      }
    }
  }
  return false;
}

const stem = (path: string): string => path.replace(/\.jsonl$/, '');
const timeName = (ms: number): string => new Date(ms).toISOString().replace(/[-:.]/g, '');

// A log file that several processes write at once, put aside when it is full. Each line is one write(2) to a file opened for appending,
// so lines never mix; the file is opened anew for each, so that no process goes on writing to one that was put aside long ago.
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
}

const NEWLINE = 10;
/** Putting aside takes a millisecond; who holds the right to it for longer was killed. */
const STALE_MS = 10_000;
const DIGITS = 6;

/**
 * The log at `path` (`…/predict.jsonl`); full ones become `…/predict.000001-<pid>.jsonl` and so on beside it. They are numbered, as a clock that
 * was wrong for an hour would put its files last for ever.
 */
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
function putAside(path: string, room: number, { maxBytes, keep }: RotatingFileOptions): void {
  const lock = `${path}.rotating`;
  if (!takeLock(lock)) return;
  try {
    if (statSync(path).size + room <= maxBytes) return;
    const before = asideFiles(path);
    const next = `${stem(path)}.${String(numberOf(path, before.at(-1)) + 1).padStart(DIGITS, '0')}-${process.pid}.jsonl`;
    renameSync(path, next);
    for (const old of [...before, next].slice(0, -keep || undefined)) unlinkSync(old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    rmdirSync(lock);
  }
}

/** The files that were put aside, oldest first. */
export function asideFiles(path: string): string[] {
  const names = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
  return names.filter((name) => numberOf(path, name) > 0).sort((a, b) => numberOf(path, a) - numberOf(path, b) || (a < b ? -1 : 1));
}

/** The number of a file that was put aside; 0 for any other. */
function numberOf(path: string, aside: string | undefined): number {
  const prefix = `${stem(path)}.`;
  const digits = aside?.startsWith(prefix) === true ? /^(\d+)-\d+\.jsonl$/.exec(aside.slice(prefix.length))?.[1] : undefined;
  return digits === undefined ? 0 : Number(digits);
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

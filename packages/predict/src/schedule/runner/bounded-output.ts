// What an attempt printed: in a file up to a bound, its last lines in memory, both however much there is.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_FILE_BYTES = 5 * 2 ** 20;
const TAIL_BYTES = 8 * 1024;

/** Takes output as it comes. Never throws: a job must not fail because its output cannot be kept. */
export interface BoundedOutput {
  write(bytes: Uint8Array): void;
  /** The last lines, as text. */
  tail(): string;
  close(): void;
}

/** @param options.maxBytes of the file; what comes later is told to be left out, and only its end is kept, in the tail. Default 5 MiB */
export function openBoundedOutput(file: string, options: { readonly maxBytes?: number } = {}): BoundedOutput {
  const { maxBytes = MAX_FILE_BYTES } = options;
  let fd: number | undefined;
  let size = 0;
  let end = Buffer.alloc(0);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch {
      // A full disk: the tail in memory is what is left.
    }
  };
  attempt(() => {
    mkdirSync(dirname(file), { recursive: true });
    fd = openSync(file, 'a');
  });
  const put = (bytes: Uint8Array): void => attempt(() => {
    if (fd !== undefined) size += writeSync(fd, bytes);
  });
  return {
    write(bytes) {
      end = Buffer.concat([end, bytes]).subarray(-TAIL_BYTES);
      if (size >= maxBytes) return;
      const room = maxBytes - size;
      put(bytes.subarray(0, room));
      if (bytes.length >= room) put(Buffer.from('\n… more was printed; it is left out.\n'));
    },
    tail() {
      const text = new TextDecoder().decode(end);
      // A tail that was cut begins with a whole line.
      return (end.length < TAIL_BYTES ? text : text.slice(text.indexOf('\n') + 1)).trimEnd();
    },
    close() {
      attempt(() => {
        if (fd !== undefined) closeSync(fd);
      });
      fd = undefined;
    },
  };
}

// The body of an answer, piece by piece, under limits of time and size.
import type { Readable } from 'node:stream';
import { classifyHttpFailure } from './classify-http-failure.js';
import { HttpFailure, type SlowestBody } from './http-client.js';
import type { Deadline } from './open-deadline.js';

/** A body that nobody reads is given up after the deadline, as one that nobody sends: its connection would stay taken. */
export function readBody(stream: Readable, options: { readonly url: string; readonly deadline: Deadline; readonly maxBytes: number; readonly slowest?: SlowestBody | undefined }): AsyncIterable<Uint8Array> {
  const { url, deadline, maxBytes } = options;
  const speed = watchSpeed(url, options.slowest);
  const giveUp = (): void => void stream.destroy();
  deadline.signal.addEventListener('abort', giveUp, { once: true });
  stream.on('error', () => undefined); // the reader hears of it; without a reader nobody needs to
  stream.once('close', deadline.close);
  deadline.start();
  speed.waits();

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    try {
      for await (const piece of stream as AsyncIterable<Uint8Array>) {
        deadline.stop();
        speed.hasCome(piece.length);
        bytes += piece.length;
        if (bytes > maxBytes) throw new HttpFailure('too-long', url);
        yield piece;
        deadline.start();
        speed.waits();
      }
    } catch (error) {
      throw deadline.reason() ?? (error instanceof HttpFailure ? error : classifyHttpFailure(url, error));
    } finally {
      deadline.close();
      stream.destroy();
    }
    const reason = deadline.reason();
    if (reason !== undefined) throw reason;
  }
  const generator = pieces();
  const iterator: AsyncIterator<Uint8Array> = {
    next: () => generator.next(),
    return: () => {
      // a generator that was never begun would not run its `finally`
      deadline.close();
      stream.destroy();
      return generator.return(undefined);
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** Only time spent waiting for the server counts: a reader may take its time. */
function watchSpeed(url: string, slowest: SlowestBody = { bytes: 0, perMs: Infinity }): { waits(): void; hasCome(bytes: number): void } {
  let sinceMs = performance.now();
  let waitedMs = 0;
  let came = 0;
  return {
    waits: () => {
      sinceMs = performance.now();
    },
    hasCome: (bytes) => {
      waitedMs += performance.now() - sinceMs;
      came += bytes;
      if (waitedMs < slowest.perMs) return;
      if (came < slowest.bytes) throw new HttpFailure('timeout', url);
      waitedMs = 0;
      came = 0;
    },
  };
}

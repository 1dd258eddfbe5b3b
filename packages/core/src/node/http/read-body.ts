// The body of an answer, piece by piece, under limits of time and size.
import type { Readable } from 'node:stream';
import { classifyHttpFailure } from './classify-http-failure.js';
import { HttpFailure } from './http-client.js';
import type { Deadline } from './open-deadline.js';

/** A body that nobody reads is given up after the deadline, as one that nobody sends: its connection would stay taken. */
export function readBody(stream: Readable, options: { readonly url: string; readonly deadline: Deadline; readonly maxBytes: number }): AsyncIterable<Uint8Array> {
  const { url, deadline, maxBytes } = options;
  const giveUp = (): void => void stream.destroy();
  deadline.signal.addEventListener('abort', giveUp, { once: true });
  stream.on('error', () => undefined); // the reader hears of it; without a reader nobody needs to
  stream.once('close', deadline.close);
  deadline.start();

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    try {
      for await (const piece of stream as AsyncIterable<Uint8Array>) {
        deadline.stop();
        bytes += piece.length;
        if (bytes > maxBytes) throw new HttpFailure('too-long', url);
        yield piece;
        deadline.start();
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

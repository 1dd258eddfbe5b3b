// Sends an answer, whole or with what a fault does to the connection.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import type { Fault } from './faults.js';

/** Waits in real time; ends early, rejecting, when the exchange is closed. */
export type Pause = (ms: number) => Promise<void>;

export async function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer, options: { readonly fault?: Fault | undefined; readonly pause: Pause }): Promise<void> {
  const { fault, pause } = options;
  const body = request.method === 'HEAD' ? Buffer.alloc(0) : answer.body;
  const hasLength = fault?.kind !== 'no-length' && fault?.kind !== 'until-close';
  const headers = { ...answer.headers, ...(hasLength && answer.status !== 304 ? { 'Content-Length': String(answer.body.length) } : {}) };
  if (fault?.kind === 'slow') await pause(fault.headMs ?? 0);
  if (fault?.kind === 'hang' && fault.afterBytes === undefined) return;
  if (fault?.kind === 'until-close') {
    // HTTP/1.0 manners: no length, no chunks. Node frames every body of HTTP/1.1, so this one is written by hand.
    response.useChunkedEncodingByDefault = false;
    response.shouldKeepAlive = false;
  }
  response.writeHead(answer.status, headers);
  switch (fault?.kind) {
    case 'cut':
      response.write(body.subarray(0, fault.afterBytes ?? body.length >> 1), () => request.socket.destroy());
      return;
    case 'hang':
      response.write(body.subarray(0, fault.afterBytes));
      return;
    case 'until-close':
      response.end(body.subarray(0, fault.afterBytes ?? body.length));
      return;
    case 'no-length':
      response.write(body.subarray(0, body.length >> 1));
      response.end(body.subarray(body.length >> 1));
      return;
    case 'slow': {
      const step = fault.pieceBytes ?? Math.max(1, body.length >> 2);
      for (let at = 0; at < body.length; at += step) {
        if (at > 0) await pause(fault.pieceMs ?? 0);
        if (response.destroyed) return;
        response.write(body.subarray(at, at + step));
      }
      response.end();
      return;
    }
    default:
      response.end(body);
  }
}

// Where the alerts of a simulated machine arrive: a web server on the loopback interface.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One telling, as it came. */
export interface HeardAlert {
  readonly status: string;
  readonly kind: string;
  readonly key: string;
  readonly title: string;
  readonly text: string | null;
}

export interface AlertSink {
  readonly url: string;
  readonly heard: readonly HeardAlert[];
  close(): Promise<void>;
}

export async function startAlertSink(): Promise<AlertSink> {
  const heard: HeardAlert[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      heard.push(JSON.parse(body) as HeardAlert);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

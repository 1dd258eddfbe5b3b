// The process of one attempt: reads the request from standard input, ends with the exit code of the command.
import { text } from 'node:stream/consumers';
import type { RunRequest } from './run-request.js';
import { superviseRun } from './supervise-run.js';

const stops: (() => void)[] = [];
let early = 0;
const onSignal = (): void => {
  if (stops.length === 0) early += 1;
  for (const stop of stops) stop();
};
process.on('SIGTERM', onSignal).on('SIGINT', onSignal).on('SIGHUP', onSignal);
// The terminal or pipe of a scheduler that was killed: nobody reads what is repeated there.
process.stderr.on('error', () => undefined);

const request = JSON.parse(await text(process.stdin)) as RunRequest;
const code = await superviseRun(request, {
  env: process.env,
  nowMs: () => Date.now(),
  relay: (line) => process.stderr.write(line),
  onStop(stop) {
    stops.push(stop);
    for (; early > 0; early -= 1) stop();
  },
});
process.exit(code);

import { expect, it, onTestFinished } from 'vitest';
import { type ContenderProcess, endContenders, startContender } from './contender-process.js';

/** Echoes numbers; knows the commands fail, die and sleep. */
const program = `
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, command, value } = JSON.parse(line);
  if (command === 'die') { console.error('out of luck'); process.exit(3); }
  if (command === 'sleep') return;
  console.log('a library says hello');
  console.log(JSON.stringify(command === 'fail' ? { id, error: 'cannot do that' } : { id, value: 2 * value, pid: process.pid }));
});`;

function start(timeoutSeconds: number): ContenderProcess {
  const contender = startContender(process.execPath, ['-e', program], { timeoutSeconds });
  onTestFinished(() => contender.end());
  return contender;
}

it('answers, says its errors and goes on', async () => {
  const contender = start(30);
  expect(await contender.ask({ value: 4 })).toMatchObject({ value: 8 });
  await expect(contender.ask({ command: 'fail' })).rejects.toThrow('cannot do that');
  expect(await contender.ask({ value: 5 })).toMatchObject({ value: 10 });
});

it('tells how a contender died, then and later', async () => {
  const contender = start(30);
  await expect(contender.ask({ command: 'die' })).rejects.toThrow('ended (exit code 3): out of luck');
  await expect(contender.ask({ value: 1 })).rejects.toThrow('out of luck');
  await expect(startContender('/no/such/program', [], { timeoutSeconds: 30 }).ask({})).rejects.toThrow('cannot be started');
});

it('ends one that takes too long, and all when told to', async () => {
  await expect(start(0.2).ask({ command: 'sleep' })).rejects.toThrow('gave no answer within 0.2 s');
  const contender = start(30);
  const { pid } = await contender.ask<{ pid: number }>({ value: 1 });
  const sleeping = contender.ask({ command: 'sleep' });
  endContenders();
  await expect(sleeping).rejects.toThrow('ended (SIGKILL)');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { repository } from '../support/commands.js';

it('the demo says where it is and that its prices are synthetic, answers, and ends when told to', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('serve.ts', import.meta.url)), '--port', '0', '--symbols', 'BTCUSDT,OWNUSDT'], { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  const ended = once(child, 'exit');
  while (!text.includes('Ctrl-C')) await Promise.race([once(child.stdout, 'data'), ended.then(() => expect.unreachable())]);
  expect(text).toContain('SYNTHETIC PRICES');
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) as unknown as [string];
  expect(text).toContain(`--base-url ${url} --dumps-url ${url}`);
  for (const interval of ['1m', '1h', '1d']) {
    const rows = (await (await fetch(`${url}/api/v3/klines?symbol=BTCUSDT&interval=${interval}&limit=2`)).json()) as unknown[];
    expect(rows).toHaveLength(2);
  }
  const symbols = ((await (await fetch(`${url}/api/v3/exchangeInfo`)).json()) as { symbols: { symbol: string }[] }).symbols.map(({ symbol }) => symbol);
  expect(symbols).toEqual(['BTCUSDT', 'OWNUSDT']);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

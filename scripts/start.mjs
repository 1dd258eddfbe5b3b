// The main job on the embedded sample market, through the same commands that a user calls; then the dashboard.
// FORECASTLAB_ONCE=1 ends after the prediction table. FORECASTLAB_ROOT names another folder for what is written.
import { resolve } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { at } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const symbol = 'SAMPLEUSDT';
const root = resolve(process.env.FORECASTLAB_ROOT ?? at());

const cli = (name) => at('packages', name, 'dist', 'cli.js');

async function command(name, args) {
  process.stdout.write(`\n$ forecastlab-${name} ${args.join(' ')}\n`);
  const { code } = await run(process.execPath, [cli(name), ...args, '--root', root], { show: true });
  if (code !== 0) throw Object.assign(new Error(`forecastlab-${name} ${args[0]} ended with exit code ${code}.`), { code });
}

/** The active bundle as `models list --json` tells it, or undefined. */
async function activeBundle() {
  const { code, output } = await run(process.execPath, [cli('train'), 'models', 'list', '--json', '--quiet', '--root', root]);
  return code === 0 ? JSON.parse(output).find(({ isActive }) => isActive) : undefined;
}

try {
  await bootstrap();
  const active = await activeBundle();
  if (active !== undefined && active.symbol !== symbol) {
    const message = `${active.name}, a bundle of ${active.symbol}, is active under ${root}. It is left as it is.`;
    throw Object.assign(new Error(`${message}\nTo try the sample market beside it, name another folder: FORECASTLAB_ROOT=sample npm start`), { code: 2 });
  }
  const market = ['--symbol', symbol, '--interval', '1d'];
  await command('train', ['data', 'update', ...market, '--source', 'sample']);
  if (active?.createdAt.slice(0, 10) === new Date().toISOString().slice(0, 10)) {
    process.stdout.write(`\n${active.name} was made today and is active; it is not made again.\n`);
  } else {
    await command('train', ['bundle', ...market, '--candidates', 'T21_X8,T14_X8', '--features', 'flow', '--activate']);
  }
  await command('predict', ['run']);
  if (process.env.FORECASTLAB_ONCE !== '1') await command('viz', ['serve']);
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.code ?? 1;
}

// The main job on the embedded sample market, through the same commands that a user calls; then the dashboard.
// FORECASTLAB_ONCE=1 ends after the prediction table. FORECASTLAB_ROOT names another folder for what is written.
import { bootstrap } from './bootstrap.mjs';
import { at } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const symbol = 'SAMPLEUSDT';
const root = process.env.FORECASTLAB_ROOT ?? at();

async function command(name, args) {
  process.stdout.write(`\n$ forecastlab-${name} ${args.join(' ')}\n`);
  const { code } = await run(process.execPath, [at('packages', name, 'dist', 'cli.js'), ...args, '--root', root], { show: true });
  if (code !== 0) throw Object.assign(new Error(`forecastlab-${name} ${args[0]} ended with exit code ${code}.`), { code });
}

try {
  await bootstrap();
  const market = ['--symbol', symbol, '--interval', '1d'];
  await command('train', ['data', 'update', ...market, '--source', 'sample']);
  await command('train', ['bundle', ...market, '--candidates', 'T21_X8,T14_X8', '--features', 'flow', '--activate']);
  await command('predict', ['run']);
  if (process.env.FORECASTLAB_ONCE !== '1') await command('viz', ['serve']);
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.code ?? 1;
}

// Every check and every test, from a bare clone: `npm test`. The last line is the count.
// With arguments (`npm test -- packages/core/src/labels`) vitest alone runs, with these arguments.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { checkPackage } from './check-packages.mjs';
import { at, packages } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

/** Suites in which a local calendar date could slip in: they run in these time zones too. */
const dateSuites = ['klines', 'labels', 'features', 'dataset', 'prediction'].map((name) => `packages/core/src/${name}/`);
const otherTimeZones = ['America/New_York', 'Asia/Shanghai'];

const wanted = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'forecastlab-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

/** One check beside the tests: a name and a function that gives its complaints, none when all is well. */
async function check(name, work) {
  const start = Date.now();
  const complaints = await work().catch((error) => [error.message]);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  total[complaints.length === 0 ? 'passed' : 'failed'] += 1;
  console.log(complaints.length === 0 ? `  ✓ ${name} (${seconds} s)` : `  ✗ ${name} (${seconds} s)\n${complaints.join('\n')}`);
}

/** A check that is a program of ours in node_modules: its complaints are its output. */
function tool(name, script, args) {
  return check(name, async () => {
    const { code, output } = await run(process.execPath, [at('node_modules', ...script), ...args], { cwd: at() });
    return code === 0 ? [] : [output];
  });
}

async function checks() {
  console.log('\nChecks');
  const tsc = ['typescript', 'bin', 'tsc'];
  await Promise.all([
    tool('types of everything', tsc, ['--noEmit', '-p', 'tsconfig.json']),
    (async () => {
      await tool('lint', ['oxlint', 'bin', 'oxlint'], ['--deny-warnings']);
      await tool('import directions', ['dependency-cruiser', 'bin', 'dependency-cruise.mjs'], ['packages', '--config', '.dependency-cruiser.cjs']);
    })(),
  ]);
  await Promise.all([
    tool('core without Node and without a browser', tsc, ['--noEmit', '-p', 'packages/core/tsconfig.pure.json']),
    (async () => {
      for (const name of packages) await check(`package @forecastlab/${name} as npm gets it`, () => checkPackage(name, scratch));
    })(),
  ]);
}

/** One run of vitest. Adds its counts; a run that broke without a failed test counts as one failure. */
async function vitest(timeZone, args) {
  console.log(`\nTests, time zone ${timeZone}`);
  const report = join(scratch, `${timeZone.replace('/', '-')}.json`);
  const { code } = await run(
    process.execPath,
    [at('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: at(), env: { ...process.env, TZ: timeZone }, show: true },
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
  const brokenFiles = (counts.testResults ?? []).filter((file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'));
  const failed = counts.numFailedTests + brokenFiles.length;
  total.passed += counts.numPassedTests;
  total.failed += failed === 0 && code !== 0 ? 1 : failed;
  total.skipped += (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0);
}

try {
  await bootstrap();
  if (wanted.length === 0) await checks();
  await vitest('UTC', wanted);
  if (wanted.length === 0) for (const timeZone of otherTimeZones) await vitest(timeZone, dateSuites);
} catch (error) {
  console.error(error.message);
  total.failed += 1;
}
rmSync(scratch, { recursive: true, force: true });
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped === 0 ? '' : `, ${total.skipped} skipped`}`);

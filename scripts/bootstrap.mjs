// Installs and builds what is not installed and built yet. Needs Node and npm, nothing else; running it again is cheap.
import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fingerprint, hasStamp, writeStamp } from './lib/fingerprint.mjs';
import { at, isMain, packages } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const oldestNode = [20, 19];

/** Installs and builds; throws an Error with a readable message where that fails. */
export async function bootstrap() {
  checkNode();
  const installed = await install();
  await build(installed);
  linkCommands();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Error(`ForecastLab needs Node ${oldestNode.join('.')} or later. Got ${process.versions.node}.`);
  }
}

/** Installs from the lockfile; gives the fingerprint of what is installed. */
async function install() {
  const workspaces = ['packages', 'examples'].flatMap((folder) =>
    folder === 'examples' ? [folder] : readdirSync(at(folder)).map((name) => `${folder}/${name}`),
  );
  const manifests = ['.', ...workspaces].map((folder) => at(folder, 'package.json'));
  const wanted = fingerprint([at('pnpm-lock.yaml'), at('pnpm-workspace.yaml'), ...manifests]);
  if (hasStamp('install', wanted) && existsSync(at('node_modules', '.modules.yaml'))) return wanted;

  const { packageManager } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  await step(`install dependencies (${packageManager}, from the lockfile)`, 'Is the npm registry reachable?', () =>
    run('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'], {
      cwd: at(),
      // On Windows npx is a script, which only a shell can start.
      shell: process.platform === 'win32',
    }),
  );
  writeStamp('install', wanted);
  return wanted;
}

/** Builds each package whose sources, or those of core, have changed. */
async function build(installed) {
  const shared = ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'scripts/package-build.ts'];
  const isProduct = (file) => !/\.(test|bench)\.tsx?$/.test(file);
  const stale = [];
  for (const name of packages) {
    const sources = [...shared, `packages/${name}`, ...(name === 'core' ? [] : ['packages/core/src'])].map((path) => at(path));
    const wanted = `${installed}-${fingerprint(sources, isProduct)}`;
    const isBuilt = existsSync(at('packages', name, 'dist', 'index.js')) && hasStamp(`build-${name}`, wanted);
    if (!isBuilt) stale.push({ name, wanted });
  }
  // core first, because the others are bundled and typed against it; then two at a time.
  const [first, rest] = [stale.filter(({ name }) => name === 'core'), stale.filter(({ name }) => name !== 'core')];
  for (const one of first) await buildPackage(one);
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await buildPackage(next);
  };
  await Promise.all([worker(), worker()]);
}

async function buildPackage({ name, wanted }) {
  const { scripts } = JSON.parse(readFileSync(at('packages', name, 'package.json'), 'utf8'));
  const PATH = [at('packages', name, 'node_modules', '.bin'), at('node_modules', '.bin'), process.env.PATH].join(delimiter);
  await step(`build @forecastlab/${name}`, 'The lines above name the file and the row.', () =>
    run(scripts.build, [], { cwd: at('packages', name), shell: true, env: { ...process.env, PATH } }),
  );
  writeStamp(`build-${name}`, wanted);
}

/** Makes `npx forecastlab-train` and the like work in this folder: pnpm links no command that is not built yet. */
function linkCommands() {
  for (const name of ['train', 'predict', 'viz']) {
    const link = at('node_modules', '.bin', `forecastlab-${name}`);
    rmSync(link, { force: true });
    if (process.platform === 'win32') writeFileSync(`${link}.cmd`, `@node "${at('packages', name, 'dist', 'cli.js')}" %*\r\n`);
    else symlinkSync(`../../packages/${name}/dist/cli.js`, link);
  }
}

async function step(title, hint, work) {
  const start = Date.now();
  process.stderr.write(`${title} …\n`);
  const { code, output } = await work();
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (code === 0) return process.stderr.write(`${title}: done in ${seconds} s\n`);
  throw new Error(`${output}\n\nCould not ${title} (exit code ${code}, after ${seconds} s). ${hint}`);
}

if (isMain(import.meta.url)) {
  await bootstrap().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

// Checks the four packages as npm would get them: publint and attw on the packed tarball, the licence inside,
// and a core entry that reaches no Node built-in, so that a browser can load it.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, isMain, packages } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

/** Packs one package; gives the path of the tarball. */
export async function pack(name, folder) {
  const { packageManager } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const { code, output } = await run('npx', ['-y', packageManager, 'pack', '--pack-destination', folder], {
    cwd: at('packages', name),
    shell: process.platform === 'win32',
  });
  if (code !== 0) throw new Error(output);
  const { version } = JSON.parse(readFileSync(at('packages', name, 'package.json'), 'utf8'));
  return join(folder, `forecastlab-${name}-${version}.tgz`);
}

/** Checks one package; gives the complaints, none when it is well. */
export async function checkPackage(name, folder) {
  const tarball = await pack(name, folder);
  const node = (script, args) => run(process.execPath, [at('node_modules', ...script), ...args], { cwd: at('packages', name) });
  const [lint, types, list] = await Promise.all([
    node(['publint', 'src', 'cli.js'], [tarball, '--strict']),
    node(['@arethetypeswrong', 'cli', 'dist', 'index.js'], [tarball, '--profile', 'node16', '--no-emoji']),
    run('tar', ['-tzf', tarball], { cwd: folder }),
  ]);
  const complaints = [];
  if (lint.code !== 0) complaints.push(`publint:\n${lint.output}`);
  if (types.code !== 0) complaints.push(`attw:\n${types.output}`);
  for (const file of ['package/LICENSE', 'package/README.md', 'package/dist/index.js', 'package/dist/index.cjs']) {
    if (!list.output.split('\n').includes(file)) complaints.push(`the tarball lacks ${file}`);
  }
  if (name === 'core') complaints.push(...builtinsReachedFrom('index.js').map((what) => `the core entry reaches ${what}`));
  return complaints;
}

/** Node built-ins that a built core file imports, itself or through its chunks. */
function builtinsReachedFrom(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(at('packages', 'core', 'dist', file), 'utf8');
  const imported = [...text.matchAll(/(?:\bfrom|^import)\s*["']([^"']+)["']|getBuiltinModule\("([^"]+)"\)/gm)].map((m) => m[1] ?? m[2]);
  return imported.flatMap((name) => {
    if (name.startsWith('./')) return builtinsReachedFrom(name.slice(2), seen);
    return name.startsWith('node:') || builtinModules.includes(name) ? [`${name} in dist/${file}`] : [];
  });
}

if (isMain(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'forecastlab-pack-'));
  for (const name of packages) {
    const complaints = await checkPackage(name, folder).catch((error) => [error.message]);
    console.log(complaints.length === 0 ? `@forecastlab/${name}: well` : `@forecastlab/${name}:\n${complaints.join('\n')}`);
    if (complaints.length > 0) process.exitCode = 1;
  }
  if (readdirSync(folder).length !== packages.length) process.exitCode = 1;
  rmSync(folder, { recursive: true, force: true });
}

// What code made a bundle: its commit when it runs from a clone, and the versions of what takes part in the numbers.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleMeta } from '@forecastlab/core';

/** This file: the CommonJS build has `__filename`, the ES module build `import.meta.url`. */
const thisFile: string = typeof __filename === 'string' ? __filename : fileURLToPath(import.meta.url);

/** git answers within milliseconds; a hanging network folder must not stop a training. */
const GIT_TIMEOUT_MS = 5_000;

/** Libraries whose arithmetic takes part in models. */
const NUMERIC_LIBRARIES = ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node', 'ml-random-forest', 'simple-statistics'];

/** What meta.json says about the code. */
export interface CodeVersion {
  readonly gitCommit: string | null;
  readonly versions: BundleMeta['versions'];
}

/** The commit, and the versions of ForecastLab (`version`), Node and the numeric libraries. */
export async function readCodeVersion(version: string): Promise<CodeVersion> {
  return { gitCommit: await readGitCommit(), versions: { forecastlab: version, node: process.versions.node, dependencies: readDependencyVersions() } };
}

/** The commit of the clone that this code runs from; null when it is installed as a package or git is absent. */
export async function readGitCommit(file: string = thisFile): Promise<string | null> {
  if (/[\\/]node_modules[\\/]/.test(file)) return null;
  return new Promise((resolve) => {
    execFile('git', ['rev-parse', 'HEAD'], { cwd: dirname(file), timeout: GIT_TIMEOUT_MS }, (error, stdout) => {
      const commit = stdout.trim();
      resolve(error === null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null);
    });
  });
}

/** Installed versions of the libraries that take part in the numbers; those not installed are left out. */
export function readDependencyVersions(): Readonly<Record<string, string>> {
  const versions: Record<string, string> = {};
  const require = createRequire(thisFile);
  try {
    const core = createRequire(require.resolve('@forecastlab/core/package.json'));
    for (const name of NUMERIC_LIBRARIES) {
      const version = installedVersion(core, name);
      if (version !== undefined) versions[name] = version;
    }
  } catch {
    // core is bundled into something else: its libraries have no versions of their own there
  }
  return versions;
}

function installedVersion(require: NodeJS.Require, name: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version?: unknown };
      if (typeof manifest.version === 'string') return manifest.version;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

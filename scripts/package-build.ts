// How every package is built: ESM and CJS, each with its own types; libraries that are devDependencies are bundled.
// Their licences go along as dist/THIRD_PARTY_NOTICES.txt.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { transform } from 'esbuild';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

export interface PackageBuild {
  /** Output name to source file, built as ESM and CJS with types. */
  readonly library: Record<string, string>;
  /** Output name to source file of commands, built as ESM with a shebang and without types. Default: none. */
  readonly commands?: Record<string, string>;
  /** Types of these packages are copied into our own .d.ts files. Default: none. */
  readonly inlineTypesOf?: string[];
}

/** The tsup options for one package; tsup runs them in the package's folder. */
export function packageBuild(build: PackageBuild): Options[] {
  rmSync('dist', { recursive: true, force: true });
  const common: Options = {
    outDir: 'dist',
    target: 'node20',
    platform: 'node',
    removeNodeProtocol: false,
    treeshake: false,
    // `import.meta.url` in CommonJS and `__filename` in ES modules; core, which a browser loads too, has neither.
    shims: build.commands !== undefined,
    silent: true,
  };
  const hasSharedChunks = Object.keys(build.library).length > 1;
  return [
    {
      ...common,
      entry: { ...build.library, ...build.commands },
      format: 'esm',
      splitting: true,
      esbuildPlugins: [builtinsOfBundledCommonJs(), thirdPartyLicences()],
      ...(hasSharedChunks ? { onSuccess: () => convertToCommonJs('dist') } : {}),
    },
    ...(hasSharedChunks ? [] : [{ ...common, entry: build.library, format: 'cjs' as const, splitting: false }]),
    {
      ...common,
      entry: build.library,
      format: ['esm', 'cjs'],
      dts: { only: true, ...(build.inlineTypesOf === undefined ? {} : { resolve: build.inlineTypesOf }) },
    },
  ];
}

/**
 * Converts the built ES modules of a folder one by one, so that entries share their code as CommonJS too.
 * (tsup's own way rewrites `?.` and `??` into helper calls, which costs hot loops dearly.)
 */
async function convertToCommonJs(folder: string): Promise<void> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const { code } = await transform(readFileSync(join(folder, file), 'utf8'), { format: 'cjs', platform: 'node', target: 'node20' });
    writeFileSync(join(folder, file.replace(/js$/, 'cjs')), code.replace(/(require\("\.\/[^"]+\.)js"\)/g, '$1cjs")'));
  }
}

/**
 * `require('fs')` inside a bundled CommonJS library has no `require` in an ES module.
 * process.getBuiltinModule (Node 20.16 and later) gives the same object without one.
 */
function builtinsOfBundledCommonJs(): Plugin {
  const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
  return {
    name: 'builtins-of-bundled-commonjs',
    setup(build) {
      build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, (found) =>
        found.kind === 'require-call' && builtins.has(found.path)
          ? { path: found.path, namespace: 'node-builtin' }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'node-builtin' }, (found) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(found.path)});`,
        loader: 'js',
      }));
    },
  };
}

/** Writes the licence text of every bundled library to a file. */
export function thirdPartyLicences(file = 'dist/THIRD_PARTY_NOTICES.txt'): Plugin {
  return {
    name: 'third-party-licences',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd((result) => {
        const folders = new Set<string>();
        for (const input of Object.keys(result.metafile?.inputs ?? {})) {
          const folder = libraryFolder(resolve(input));
          if (folder !== undefined) folders.add(folder);
        }
        if (folders.size === 0) return;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, [...folders].map(licenceOf).sort().join('\n'));
      });
    },
  };
}

function libraryFolder(file: string): string | undefined {
  if (!file.includes('/node_modules/')) return undefined;
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && 'version' in readJson(manifest)) return folder;
  }
  return undefined;
}

function licenceOf(folder: string): string {
  const { name, version, license } = readJson(join(folder, 'package.json'));
  // Apache's licence asks for the NOTICE file too.
  const files = readdirSync(folder).filter((entry) => /^(licen[cs]e|notice)(\.|$)/i.test(entry));
  const text = files.sort().map((file) => `${readFileSync(join(folder, file), 'utf8').trim()}\n`).join('\n');
  return `${String(name)} ${String(version)} (${String(license)})\n\n${text}\n${'-'.repeat(80)}\n`;
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

// The four packages as npm users get them: packed, installed into an empty ESM and an empty CJS project, run there,
// and type-checked there with the oldest and the newest TypeScript that we support, library types included.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, repository, runProgramFile } from './support/commands.js';

const names = ['core', 'train', 'predict', 'viz'] as const;
const modules = { esm: 'module', cjs: 'commonjs' } as const;
type Kind = keyof typeof modules;

const imported = { core: '@forecastlab/core', node: '@forecastlab/core/node', files: '@forecastlab/core/node/files', train: '@forecastlab/train', predict: '@forecastlab/predict', viz: '@forecastlab/viz' };
const loading: Record<Kind, (name: string, from: string) => string> = {
  esm: (name, from) => `import * as ${name} from '${from}';`,
  cjs: (name, from) => `const ${name} = require('${from}');`,
};
const program = `
const klines = core.generateSampleMarket({ seed: 7, startMs: Date.UTC(2020, 0), endMs: Date.UTC(2022, 0), interval: '1d' });
const [candidate] = core.parseCandidates('T21_X8');
const table = core.buildTrainingTable(klines, { features: 'flow', candidates: [candidate] });
const data = core.trainingRows(table, candidate);
const model = core.fitClassifier('gbdt', data, { seed: 42, params: { numIterations: 20 } });
console.log(core.klineCount(klines), [...model.predictProba(data.features).slice(-3)].join(' '));
console.log([node, train, predict, viz].map((each) => Object.keys(each).length > 0).join(' '));
`;

/** Settings under which consumers compile; each is tried with each TypeScript. */
const settings = [
  { kind: 'esm', module: 'Node16', moduleResolution: 'Node16' },
  { kind: 'cjs', module: 'Node16', moduleResolution: 'Node16' },
  { kind: 'esm', module: 'ESNext', moduleResolution: 'Bundler' },
] as const;
const compilers = { '5.0': 'typescript-5.0', '5.9': 'typescript' };

const folder = mkdtempSync(join(tmpdir(), 'forecastlab-packages-'));
const project = (kind: Kind): string => join(folder, kind);
const printed = {} as Record<Kind, Finished>;

async function makeProject(kind: Kind, tarballs: readonly string[]): Promise<void> {
  mkdirSync(project(kind));
  const manifest = { name: kind, version: '1.0.0', private: true, type: modules[kind] };
  writeFileSync(join(project(kind), 'package.json'), JSON.stringify(manifest));
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs];
  const { code, stdout, stderr } = await runProgramFile('npm', args, { cwd: project(kind) });
  if (code !== 0) throw new Error(`npm install into an empty ${kind} project failed:\n${stdout}\n${stderr}`);
  const lines = Object.entries(imported).map(([name, from]) => loading[kind](name, from));
  writeFileSync(join(project(kind), 'main.js'), `${lines.join('\n')}\n${program}`);
  writeFileSync(join(project(kind), 'main.ts'), `${Object.entries(imported).map(([name, from]) => loading.esm(name, from)).join('\n')}\n${program}`);
}

async function pack(name: string, into: string): Promise<void> {
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { packageManager: string };
  const { code, stderr } = await runProgramFile('npx', ['-y', packageManager, 'pack', '--pack-destination', into], { cwd: join(repository, 'packages', name) });
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  const packed = mkdtempSync(join(folder, 'packed-'));
  for (const name of names) await pack(name, packed);
  const tarballs = readdirSync(packed).map((file) => join(packed, file));
  for (const kind of ['esm', 'cjs'] as const) {
    await makeProject(kind, tarballs);
    printed[kind] = await runProgramFile(process.execPath, ['main.js'], { cwd: project(kind) });
  }
  // Consumers have Node's types; ours are the same files that an npm install would bring.
  for (const kind of ['esm', 'cjs'] as const) copyTypes(project(kind));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyTypes(into: string): void {
  const nodeTypes = realpathSync(join(repository, 'node_modules/@types/node'));
  cpSync(nodeTypes, join(into, 'node_modules/@types/node'), { recursive: true });
  cpSync(realpathSync(join(nodeTypes, '../../undici-types')), join(into, 'node_modules/undici-types'), { recursive: true });
}

describe('packed packages', () => {
  it.each(['esm', 'cjs'] as const)('run in an empty %s project', (kind) => {
    expect(printed[kind]).toMatchObject({ code: 0, stderr: '' });
    const [first, second] = printed[kind].stdout.trim().split('\n');
    expect(first).toMatch(/^731( 0\.\d+){3}$/);
    expect(second).toBe('true true true true');
  });

  it('give the same numbers as ESM and as CJS', () => {
    expect(printed.esm.stdout).toBe(printed.cjs.stdout);
  });

  it.each(['train', 'predict', 'viz'])('bring the command forecastlab-%s', async (name) => {
    const command = join(project('esm'), 'node_modules/.bin', `forecastlab-${name}`);
    const { code, stdout } = await runProgramFile(command, ['--help'], { cwd: project('esm') });
    expect(code).toBe(0);
    expect(stdout).toContain(`forecastlab-${name}`);
  });

  for (const { kind, module, moduleResolution } of settings) {
    it.each(Object.entries(compilers))(`type-check as ${kind} under ${moduleResolution} with TypeScript %s`, async (version, compiler) => {
      const config = `tsconfig.${moduleResolution}.${version}.json`;
      const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, target: 'ES2022', lib: ['ES2022', 'DOM'], types: ['node'], module, moduleResolution };
      writeFileSync(join(project(kind), config), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
      const tsc = join(repository, 'node_modules', compiler, 'bin/tsc');
      const { code, stdout } = await runProgramFile(process.execPath, [tsc, '-p', config], { cwd: project(kind) });
      expect(stdout).toBe('');
      expect(code).toBe(0);
    });
  }
});

// The walls of the house hold: the rules of lint and import directions pass here elsewhere (`npm test` runs them);
// here each of them is shown something bad in a folder of its own and must say so.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { impureUses } from './support/impure-uses.js';

const repository = fileURLToPath(new URL('..', import.meta.url));
const core = join(repository, 'packages/core/src');

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|bench)\.tsx?$/.test(file))
    .map((file) => join(folder, file));
}

describe('pure core', () => {
  const files = sourceFiles(core).filter((file) => !file.startsWith(join(core, 'node')));

  it('is found', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it.each(files)('%s reads no clock and no local time', (file) => {
    expect(impureUses(readFileSync(file, 'utf8'))).toEqual([]);
  });

  it.each(['new Date()', 'Date()', 'Date.now()', 'day.getHours()', 'day.toLocaleDateString()', 'Date.now'])('%s is seen', (use) => {
    expect(impureUses(`const day = new Date(0);\nconst bad = ${use};`)).toEqual([`${use.replace(/^(day\..*)\(\)$|^(Date\.now)\(\)$/, '$1$2')} in line 2`]);
  });

  it('may build a date from a time and read it in UTC', () => {
    expect(impureUses('const year = new Date(openTimeMs).getUTCFullYear(); const at = Date.UTC(2024, 0); const t = Date.parse(s);')).toEqual([]);
  });
});

/** Files that break one rule each, by the name of the rule. */
const badImports: Record<string, Record<string, string>> = {
  'packages-import-core-only': {
    'packages/train/src/index.ts': "export * from '../../viz/src/index.js';",
    'packages/viz/src/index.ts': 'export const chart = 1;',
  },
  'core-stands-alone': { 'packages/core/src/lean.ts': "export * from '../../viz/src/index.js';" },
  'packages-use-the-front-door': { 'packages/predict/src/index.ts': "export * from '../../core/src/labels/deep.js';" },
  'pure-core-has-no-node': { 'packages/core/src/labels/deep.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;" },
  'pure-core-does-not-import-node-folder': {
    'packages/core/src/labels/store.ts': "export * from '../node/store.js';",
    'packages/core/src/node/store.ts': 'export const store = 1;',
  },
  'no-cycles': {
    'packages/core/src/one.ts': "import { two } from './two.js';\nexport const one = (): number => two();",
    'packages/core/src/two.ts': "import { one } from './one.js';\nexport const two = (): number => one();",
  },
  'no-orphans': { 'packages/core/src/forgotten.ts': 'export const forgotten = 1;' },
  'not-resolvable': { 'packages/core/src/lost.ts': "export * from './nowhere.js';" },
  'product-does-not-import-tests': {
    'packages/core/src/shipped.ts': "export * from './some.test.js';",
    'packages/core/src/some.test.ts': 'export const some = 1;',
  },
};

const badCode: Record<string, string> = {
  'no-explicit-any': 'export const value = (given: any): void => given;',
  'no-default-export': 'export default 1;',
  'ban-ts-comment': '// @ts-ignore\nexport const value: number = 1;',
  eqeqeq: 'export const same = (a: number, b: number): boolean => a == b;',
  'no-restricted-properties': 'export const chance = Math.random();',
  'no-restricted-globals': "export const print = (): void => console.log('x');",
  'consistent-type-imports': "import { Kline } from './kline.js';\nexport type Bar = Kline;",
};

describe('each rule bites', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forecastlab-house-'));
  let imports = '';
  let code = '';

  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  };
  const tool = (path: string, args: string[]): string => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(repository, 'node_modules', path), ...args], { cwd: folder, encoding: 'utf8' });
    return `${stdout}\n${stderr}`;
  };

  beforeAll(() => {
    for (const file of ['.oxlintrc.json', '.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json']) {
      copyFileSync(join(repository, file), join(folder, file));
    }
    for (const files of Object.values(badImports)) for (const [file, text] of Object.entries(files)) put(file, text);
    for (const [rule, text] of Object.entries(badCode)) put(`packages/core/src/code/${rule}.ts`, text);
    put('packages/core/src/node/clock.ts', 'export const now = (): number => Date.now();');
    imports = tool('dependency-cruiser/bin/dependency-cruise.mjs', ['packages', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']);
    code = tool('oxlint/bin/oxlint', ['--deny-warnings', '--format', 'unix']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.keys(badImports))('import rule %s', (rule) => {
    const report = JSON.parse(imports.slice(0, imports.lastIndexOf('}') + 1)) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    const offenders = report.summary.violations.filter((violation) => violation.rule.name === rule).map((violation) => violation.from);
    expect(Object.keys(badImports[rule] as object).some((file) => offenders.includes(file))).toBe(true);
  });

  it.each(Object.keys(badCode))('lint rule %s', (rule) => {
    const lines = code.split('\n').filter((line) => line.includes(`code/${rule}.ts`));
    expect(lines.join('\n')).toContain(rule);
  });

  it('src/node may read the clock', () => {
    expect(code).not.toContain('clock.ts');
  });
});

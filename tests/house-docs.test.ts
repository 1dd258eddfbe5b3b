// What the documents point at is there: links between files, and the paths that they name.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './support/commands.js';

const documents = [
  ...readdirSync(repository).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(repository, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ...readdirSync(join(repository, 'packages')).map((name) => `packages/${name}/README.md`),
];

/** Files that a document links to or names, relative to the repository. */
function pathsIn(document: string): string[] {
  const text = readFileSync(join(repository, document), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#][^)]*?)(?:#[^)]*)?\)/g)].map(([, link]) => link).filter((link) => !/^https?:/.test(link));
  const named = [...text.matchAll(/`((?:packages|tests|scripts|examples|docs|\.ci)\/[^`\s]*)`/g)].map(([, path]) => path);
  return [...links.map((link) => join(dirname(document), link)), ...named];
}

describe('documents', () => {
  it.each(documents)('%s points at files that are there', (document) => {
    expect(pathsIn(document).filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  it('are read for links and for paths', () => {
    expect(pathsIn('README.md')).toEqual(expect.arrayContaining(['LICENSE', 'docs/images/dashboard.png', 'packages/core/README.md']));
    expect(pathsIn('CONTRIBUTING.md')).toContain('packages/core/src/features/definitions/');
  });

  it('both READMEs link to the same documents', () => {
    const docs = (name: string): string[] => [...new Set(pathsIn(name).filter((path) => path.endsWith('.md') && path !== 'README.md' && path !== 'README.zh-CN.md'))].sort();
    expect(docs('README.zh-CN.md')).toEqual(docs('README.md'));
    expect(docs('README.md')).toContain('docs/market-data.md');
  });

  it('commands run packages of the registry without a question, and what they write under the repository is ignored', () => {
    for (const document of documents) expect([...readFileSync(join(repository, document), 'utf8').matchAll(/npx pnpm\S*/g)].map(([command]) => command)).toEqual([]);
    const roots = [...readFileSync(join(repository, 'README.md'), 'utf8').matchAll(/^npx .*--root (\w+)/gm)].map(([, root]) => `/${root}/`);
    expect(roots.length).toBeGreaterThan(0);
    expect(readFileSync(join(repository, '.gitignore'), 'utf8').split('\n')).toEqual(expect.arrayContaining([...new Set(roots)]));
  });

  it('both READMEs show the same program, output and tables', () => {
    // Shell blocks are left out: their comments are translated.
    const blocks = (name: string): string[] =>
      [...readFileSync(join(repository, name), 'utf8').matchAll(/^```(\w*)\n([^]*?)^```$/gm)].filter(([, language]) => language !== 'sh').map(([, , block]) => block);
    expect(blocks('README.zh-CN.md')).toEqual(blocks('README.md'));
    expect(blocks('README.md').length).toBeGreaterThan(3);
  });
});

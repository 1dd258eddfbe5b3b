// The committed WebAssembly modules are what their AssemblyScript sources compile to.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileKernel, kernelFile, kernelNames, kernelText } from '../scripts/build-kernels.mjs';

const DATA_SECTION = 11;

/** The numbers of a module's sections. */
function sections(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    found.push(bytes[at]);
    let size = 0;
    let shift = 0;
    do {
      at += 1;
      size |= (bytes[at] & 127) << shift;
      shift += 7;
    } while (bytes[at] > 127);
    at += 1 + size;
  }
  return found;
}

describe('kernels', () => {
  it.each(kernelNames())('%s is up to date (else run: node scripts/build-kernels.mjs)', async (name) => {
    expect(readFileSync(kernelFile(name), 'utf8')).toBe(kernelText(name, await compileKernel(name)));
  });

  it.each(kernelNames())('%s has no constants of its own: arrays lie where they would', async (name) => {
    expect(sections(await compileKernel(name))).not.toContain(DATA_SECTION);
  });

  it('have no module without a source', () => {
    const modules = readdirSync(new URL('../packages/core/src/trees/kernels/', import.meta.url)).filter((file) => file.endsWith('-wasm.ts'));
    expect(modules.map((file) => file.replace('-wasm.ts', '')).sort()).toEqual(kernelNames().sort());
  });
});

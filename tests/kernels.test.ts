// The committed WebAssembly modules are what their AssemblyScript sources compile to.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileKernel, kernelFile, kernelNames, kernelText } from '../scripts/build-kernels.mjs';

describe('kernels', () => {
  it.each(kernelNames())('%s is up to date (else run: node scripts/build-kernels.mjs)', async (name) => {
    expect(readFileSync(kernelFile(name), 'utf8')).toBe(kernelText(name, await compileKernel(name)));
  });

  it('have no module without a source', () => {
    const modules = readdirSync(new URL('../packages/core/src/trees/kernels/', import.meta.url)).filter((file) => file.endsWith('-wasm.ts'));
    expect(modules.map((file) => file.replace('-wasm.ts', '')).sort()).toEqual(kernelNames().sort());
  });
});

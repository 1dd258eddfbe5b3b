import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@forecastlab\/core\/node$/, replacement: source('./packages/core/src/node/index.ts') },
      { find: /^@forecastlab\/core\/node\/files$/, replacement: source('./packages/core/src/node/files/index.ts') },
      { find: /^@forecastlab\/(core|train|predict|viz)$/, replacement: source('./packages/$1/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'examples/**/*.test.ts'],
    env: { TZ: process.env.TZ ?? 'UTC' },
    // Many tests wait for child processes: two at a time even on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

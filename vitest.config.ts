import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@forecastlab\/core\/node$/, replacement: source('./packages/core/src/node/index.ts') },
      { find: /^@forecastlab\/(core|train|predict|viz)$/, replacement: source('./packages/$1/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'examples/**/*.test.ts'],
    env: { TZ: process.env.TZ ?? 'UTC' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

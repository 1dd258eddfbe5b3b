// Debian's Chromium for tests, driven by playwright-core; nothing is downloaded.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

/** Where a browser may lie. */
const CANDIDATES = [process.env.FORECASTLAB_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser's path, or undefined when this machine has none. */
export function findChromium(): string | undefined {
  return CANDIDATES.find((path) => path !== undefined && existsSync(path));
}

/** Starts it without any traffic of its own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  // playwright-core is a dependency of packages/viz, not of the workspace's root.
  const require = createRequire(fileURLToPath(new URL('../../packages/viz/package.json', import.meta.url)));
  const { chromium } = (await import(require.resolve('playwright-core'))) as { chromium?: typeof import('playwright-core').chromium; default: typeof import('playwright-core') };
  return (chromium ?? require('playwright-core').chromium).launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

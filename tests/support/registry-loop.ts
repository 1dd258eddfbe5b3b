// A process that publishes, activates and rolls back without end, until a test kills it: registry-loop.ts ROOT TURN
import { openFolderStore, openModelRegistry } from '@forecastlab/core/node';
import { tinyBundle } from './tiny-bundle.js';

const [root, turn] = process.argv.slice(2) as [string, string];
// Locks of killed processes are taken over after two seconds, the shortest there is.
const registry = openModelRegistry(openFolderStore(root), { lock: { waitMs: 20_000, staleMs: 2000 } });
const names = Array.from({ length: 4 }, (_, i) => `turn${turn}_${i}`);
const bundles = await Promise.all(names.map((name) => tinyBundle(name, { kind: 'prior' })));
const promotion = { why: `turn ${turn}`, nowMs: Date.UTC(2025, 0, 1) };
let isAnnounced = false;
for (let i = 0; ; i += 1) {
  const name = names[i % names.length];
  await registry.publish(bundles[i % bundles.length], name);
  if (!isAnnounced) process.stdout.write('ready\n');
  isAnnounced = true;
  await registry.activate(name, promotion);
  if (i % 3 === 2) await registry.rollback(promotion);
}

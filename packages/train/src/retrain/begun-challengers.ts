// Which bundles were published as challengers: outputs/retrain/begun/<name>.json, written before the bundle. A run that was killed between publishing and
// deciding leaves one that no history names; by this it can be removed in the end.
import type { ArtifactStore } from '@forecastlab/core/node';

const FOLDER = 'outputs/retrain/begun/';
const pathOf = (name: string): string => `${FOLDER}${name}.json`;

/** `nowMs`: UTC milliseconds. */
export async function markBegun(store: ArtifactStore, name: string, nowMs: number): Promise<void> {
  await store.replace(pathOf(name), new TextEncoder().encode(`${JSON.stringify({ challenger: name, begun_at: new Date(nowMs).toISOString() })}\n`));
}

/** Names of challengers that were published, judged or not, in no order. */
export async function begunChallengers(store: ArtifactStore): Promise<readonly string[]> {
  return (await store.list(FOLDER)).filter((path) => path.endsWith('.json')).map((path) => path.slice(FOLDER.length, -'.json'.length));
}

export async function forgetBegun(store: ArtifactStore, name: string): Promise<void> {
  await store.remove(pathOf(name));
}

// What must hold of a model registry at any time, whatever has gone wrong before.
import { expect } from 'vitest';
import type { ModelRegistry } from '@forecastlab/core/node';

/** Checks that the registry is loadable and truthful, and gives what is there. */
export async function inspectRegistry(registry: ModelRegistry): Promise<{ active: string | undefined; history: string[]; published: string[] }> {
  const bundle = await registry.loadActive();
  const active = (await registry.active())?.deploy_name;
  expect(bundle?.meta.deployName).toBe(active);
  const history = await registry.history();
  const moves = history.filter(({ action }) => action !== 'decline');
  moves.forEach(({ from }, i) => expect(from).toBe(moves[i - 1]?.to ?? null));
  expect(moves.at(-1)?.to).toBe(active);
  expect(await registry.problems()).toEqual([]);
  const entries = await registry.list();
  expect(entries.filter(({ problem }) => problem !== null)).toEqual([]);
  for (const { name } of entries) await registry.verify(name);
  return { active, history: history.map(({ action, to }) => `${action} ${to}`), published: entries.map(({ name }) => name).sort() };
}

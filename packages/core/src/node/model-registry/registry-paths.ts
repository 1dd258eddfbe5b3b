// Where the model registry keeps its things, relative to the store.

export const REGISTRY_FOLDER = 'models/production';
/** Which bundle is active: one small file, replaced whole. */
export const ACTIVE_FILE = `${REGISTRY_FOLDER}/active.json`;
/** Append-only: when, from, to, why. */
export const PROMOTIONS_FILE = `${REGISTRY_FOLDER}/promotions.jsonl`;

/** `models/production/<deploy name>` */
export function bundleFolder(name: string): string {
  return `${REGISTRY_FOLDER}/${name}`;
}

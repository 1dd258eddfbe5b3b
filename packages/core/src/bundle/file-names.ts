// The names of a bundle's files. Nothing else may lie in it.
const CANDIDATE = 'T[1-9]\\d{0,4}_[XV]\\d{1,4}(?:\\.\\d{1,12})?';
const CANDIDATE_NAME = new RegExp(`^${CANDIDATE}$`);
const FILE_NAME = new RegExp(`^(?:meta\\.json|MODEL_CARD\\.md|model_${CANDIDATE}\\.json|walk_forward_${CANDIDATE}\\.csv)$`);

/** The file that describes all others; written last, so that a folder without it is not a bundle yet. */
export const META_FILE = 'meta.json';

/** What was found, on what, and what was not, in plain words. Bundles of schema version 1 have none. */
export const MODEL_CARD_FILE = 'MODEL_CARD.md';

/** `model_T21_X8.json` */
export function modelFileName(candidate: string): string {
  return `model_${candidate}.json`;
}

/** `walk_forward_T21_X8.csv` */
export function walkForwardFileName(candidate: string): string {
  return `walk_forward_${candidate}.csv`;
}

/** True for names that a file of a bundle may have. */
export function isBundleFileName(name: string): boolean {
  return name.length <= 100 && FILE_NAME.test(name);
}

/** True for `T21_X8`, `T21_X8.5`, `T14_V1.5`. */
export function isCandidateName(name: string): boolean {
  return CANDIDATE_NAME.test(name);
}

// Which bundle is active, and how it came to be. active.json is the one truth and carries its own last promotion, so
// that a history that a crash left one line short is completed from it.
import { z } from 'zod';
import { type ArtifactStore, parseJsonLines } from '../store/index.js';
import { ForecastLabError } from '../../errors.js';
import { ACTIVE_FILE, PROMOTIONS_FILE } from './registry-paths.js';

/** One line of promotions.jsonl. */
export interface Promotion {
  /** UTC, ISO 8601. */
  readonly when: string;
  /** `decline`: `to` was not made active; `from` stays. */
  readonly action: 'activate' | 'rollback' | 'decline';
  /** The bundle that was active before, or null. */
  readonly from: string | null;
  readonly to: string;
  readonly why: string;
}

/** active.json. */
export interface ActivePointer {
  readonly deploy_name: string;
  readonly activated_at: string;
  /** Where `rollback` leads; null when nowhere. */
  readonly previous: string | null;
  /** Pins the bundle: sha256 of its meta.json. Absent in a file written by hand. */
  readonly bundle_sha256?: string;
  /** The promotion that made it. Absent in a file written by hand. */
  readonly promotion?: Promotion;
}

const promotionSchema: z.ZodType<Promotion> = z.object({
  when: z.string(),
  action: z.enum(['activate', 'rollback', 'decline']),
  from: z.string().nullable(),
  to: z.string(),
  why: z.string(),
});

const pointerSchema: z.ZodType<ActivePointer> = z
  .object({
    deploy_name: z.string().min(1),
    activated_at: z.string(),
    previous: z.string().nullable().default(null),
    bundle_sha256: z.string().regex(/^[0-9a-f]{64}$/).exactOptional(),
    promotion: promotionSchema.exactOptional(),
  });

/** A pointer is a few hundred bytes. */
const MAX_POINTER_BYTES = 100_000;

/** The pointer and its version, or undefined when no bundle is active. Throws CORRUPT. */
export async function readActive(store: ArtifactStore): Promise<{ readonly pointer: ActivePointer; readonly version: string } | undefined> {
  const found = await store.readVersioned(ACTIVE_FILE, { maxBytes: MAX_POINTER_BYTES });
  if (found === undefined) return undefined;
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(found.bytes));
  } catch (cause) {
    throw corruptFile(store, ACTIVE_FILE, 'it is not JSON', cause);
  }
  const result = pointerSchema.safeParse(document);
  if (!result.success) throw corruptFile(store, ACTIVE_FILE, z.prettifyError(result.error), result.error);
  return { pointer: result.data, version: found.version };
}

/** active.json as bytes. */
export function formatActive(pointer: ActivePointer): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(pointer, null, 2)}\n`);
}

/** The lines of promotions.jsonl as they are. Throws CORRUPT. */
export async function readPromotions(store: ArtifactStore): Promise<Promotion[]> {
  const bytes = await store.read(PROMOTIONS_FILE);
  if (bytes === undefined) return [];
  return parseJsonLines(bytes, { fileName: store.describe(PROMOTIONS_FILE) }).map((line, i) => {
    const result = promotionSchema.safeParse(line);
    if (!result.success) throw corruptFile(store, PROMOTIONS_FILE, `entry ${i + 1}: ${z.prettifyError(result.error)}`, result.error);
    return result.data;
  });
}

/** The promotion that active.json knows of and the history lacks, if any. */
export function missingPromotion(pointer: ActivePointer | undefined, history: readonly Promotion[]): Promotion | undefined {
  const promotion = pointer?.promotion;
  if (promotion === undefined || JSON.stringify(history.filter(({ action }) => action !== 'decline').at(-1)) === JSON.stringify(promotion)) return undefined;
  return promotion;
}

/**
 * The bundles that rollbacks lead to, oldest first, the active one last: an activation adds one, a rollback takes one away.
 * So two rollbacks in a row go back two steps and never return to the bundle that was just left.
 */
export function activeStack(history: readonly Promotion[]): string[] {
  const stack: string[] = [];
  for (const { action, from, to } of history) {
    if (action === 'decline') continue;
    if (action === 'rollback') stack.pop();
    // A history that begins late, or was cut by hand, still says what was active.
    else if (from !== null && stack[stack.length - 1] !== from) stack.push(from);
    if (stack[stack.length - 1] !== to) stack.push(to);
  }
  return stack;
}

function corruptFile(store: ArtifactStore, path: string, reason: string, cause: unknown): ForecastLabError {
  return new ForecastLabError('CORRUPT', `${store.describe(path)} cannot be used: ${reason}.`, {
    hint: path === ACTIVE_FILE ? 'Move the file aside and activate a bundle: forecastlab-train models activate NAME.' : 'Mend or remove that line by hand.',
    details: { file: store.describe(path) },
    cause,
  });
}

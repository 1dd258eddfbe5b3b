// Which bundle is active, and how it came to be. active.json is the one truth and carries its own last promotion, so
// that a history that a crash left one line short is completed from it.
import { z } from 'zod';
import type { ArtifactStore } from '../store/index.js';
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
/** A larger file under its name is no accident of ours: it is refused and not looked at. */
const MAX_READ_BYTES = 10_000_000;

/** active.json as it lies there. */
export interface FoundPointer {
  /** Undefined when it is damaged. */
  readonly pointer: ActivePointer | undefined;
  /** What is wrong with it, without a full stop; null when nothing is. */
  readonly damage: string | null;
  readonly version: string;
}

/** active.json, damaged or not; undefined when there is none. */
export async function findActive(store: ArtifactStore): Promise<FoundPointer | undefined> {
  const found = await store.readVersioned(ACTIVE_FILE, { maxBytes: MAX_READ_BYTES });
  if (found === undefined) return undefined;
  const { version, bytes } = found;
  const damaged = (damage: string): FoundPointer => ({ pointer: undefined, damage, version });
  if (bytes.length > MAX_POINTER_BYTES) return damaged(`it has ${bytes.length} bytes, at most ${MAX_POINTER_BYTES} are expected`);
  const document = parseOrNothing(new TextDecoder().decode(bytes));
  if (document === undefined) return damaged(bytes.length === 0 ? 'it is empty' : 'it is not JSON');
  const result = pointerSchema.safeParse(document);
  return result.success ? { pointer: result.data, damage: null, version } : damaged(z.prettifyError(result.error).replaceAll(/\s*\n\s*/g, ' '));
}

/** The pointer, or undefined when no bundle is active. Throws CORRUPT. */
export async function readActive(store: ArtifactStore): Promise<ActivePointer | undefined> {
  const found = await findActive(store);
  if (found === undefined || found.damage === null) return found?.pointer;
  throw new ForecastLabError('CORRUPT', `${store.describe(ACTIVE_FILE)} cannot be used: ${found.damage}.`, {
    hint: 'Activate a bundle: forecastlab-train models activate NAME keeps the damaged file aside.',
    details: { file: store.describe(ACTIVE_FILE) },
  });
}

/** active.json as bytes. */
export function formatActive(pointer: ActivePointer): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(pointer, null, 2)}\n`);
}

/** The lines of promotions.jsonl that can be read, oldest first, and what is wrong with the others, a sentence each. A last line that a crash cut is passed over. */
export async function readPromotions(store: ArtifactStore): Promise<{ readonly history: Promotion[]; readonly problems: readonly string[] }> {
  const lines = new TextDecoder().decode(await store.read(PROMOTIONS_FILE)).split('\n');
  const history: Promotion[] = [];
  const problems: string[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    const result = promotionSchema.safeParse(parseOrNothing(line));
    if (result.success) history.push(result.data);
    else if (i < lines.length - 1) problems.push(`${store.describe(PROMOTIONS_FILE)}, line ${i + 1}: not a promotion. It was passed over; mend or remove that line by hand.`);
  });
  return { history, problems };
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The promotion that active.json knows of and the history lacks, if any. */
export function missingPromotion(pointer: ActivePointer | undefined, history: readonly Promotion[]): Promotion | undefined {
  const promotion = pointer?.promotion;
  return promotion === undefined || JSON.stringify(lastPromotion(history)) === JSON.stringify(promotion) ? undefined : promotion;
}

/** The newest line that moved the pointer. */
export function lastPromotion(history: readonly Promotion[]): Promotion | undefined {
  return history.filter(({ action }) => action !== 'decline').at(-1);
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

// What hyper-parameters may be drawn: JSON in the shape of the params, with a descriptor where a value is to be drawn.
import { optionError } from '../../errors.js';
import { exp } from '../../numeric/exp.js';
import { log } from '../../numeric/log.js';
import type { Random } from '../../numeric/random.js';

/** One value to draw. Drawn numbers are rounded to two digits that count: more cannot be told apart. */
export type Descriptor =
  /** Anything between two numbers. */
  | { readonly uniform: readonly [number, number] }
  /** The same chance for every factor between two numbers above 0. */
  | { readonly logUniform: readonly [number, number] }
  /** A whole number from one to another. */
  | { readonly integer: readonly [number, number] }
  /** One of these values. */
  | { readonly choice: readonly unknown[] };

const DESCRIPTORS = ['uniform', 'logUniform', 'integer', 'choice'];

type Json = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isDescriptor = (value: unknown): value is Json => isPlain(value) && Object.keys(value).length === 1 && DESCRIPTORS.includes(Object.keys(value)[0]);

/**
 * `base` with drawn values laid over it: objects are merged, lists of one length entry by entry, anything else is replaced.
 * Throws BAD_OPTION for a descriptor that is none.
 * @example drawParams({ numLeaves: 8 }, { learningRate: { logUniform: [0.01, 0.1] } }, createRandom(42))
 */
export function drawParams(base: unknown, space: unknown, random: Random): unknown {
  if (isDescriptor(space)) return drawValue(space as unknown as Descriptor, random);
  if (Array.isArray(space)) return space.map((entry, i) => drawParams(Array.isArray(base) && base.length === space.length ? base[i] : undefined, entry, random));
  if (!isPlain(space)) return space;
  const merged: Record<string, unknown> = isPlain(base) ? { ...base } : {};
  for (const [name, entry] of Object.entries(space)) {
    if (name === '__proto__') throw optionError('TUNED.fit', 'space', 'an object of hyper-parameters', name);
    merged[name] = drawParams(merged[name], entry, random);
  }
  return merged;
}

function drawValue(descriptor: Descriptor, random: Random): unknown {
  if ('choice' in descriptor) {
    if (!Array.isArray(descriptor.choice) || descriptor.choice.length === 0) throw badDescriptor(descriptor);
    return descriptor.choice[random.integer(descriptor.choice.length)];
  }
  const [low, high] = boundsOf(descriptor);
  if ('integer' in descriptor) return low + random.integer(high - low + 1);
  if ('uniform' in descriptor) return rounded(low + (high - low) * random.next(), low, high);
  return rounded(exp(log(low) + (log(high) - log(low)) * random.next()), low, high);
}

function boundsOf(descriptor: Exclude<Descriptor, { readonly choice: readonly unknown[] }>): readonly [number, number] {
  const bounds: unknown = Object.values(descriptor)[0];
  if (!Array.isArray(bounds) || bounds.length !== 2 || !bounds.every((bound) => Number.isFinite(bound)) || bounds[0] > bounds[1]) throw badDescriptor(descriptor);
  const [low, high] = bounds as [number, number];
  if ('logUniform' in descriptor && low <= 0) throw badDescriptor(descriptor);
  if ('integer' in descriptor && !(Number.isSafeInteger(low) && Number.isSafeInteger(high) && high - low < 2 ** 32)) throw badDescriptor(descriptor);
  return [low, high];
}

const rounded = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, Number(value.toPrecision(2))));

function badDescriptor(descriptor: object): Error {
  return optionError('TUNED.fit', 'space', '{"uniform":[low,high]}, {"logUniform":[low,high]} above 0, {"integer":[low,high]} or {"choice":[...]}', JSON.stringify(descriptor).slice(0, 200));
}

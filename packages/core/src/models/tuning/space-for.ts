// What may be drawn for a kind of model, also where it is made of others.
import { GBDT_SPACE, LOGISTIC_SPACE } from './tuning-spaces.js';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const FOREST_SPACE: Json = { minWeightFractionLeaf: { choice: [0.005, 0.01, 0.02, 0.05, 0.1] }, maxFeatures: { choice: [0.2, 0.5, 'all'] } };

const SPACES: Readonly<Record<string, Json>> = { gbdt: GBDT_SPACE, logistic: LOGISTIC_SPACE, 'random-forest': FOREST_SPACE, 'extra-trees': FOREST_SPACE };

/**
 * The space of a kind for TunedParams; of a two-part model that of its touch part, of a log pool that of each member. Undefined where
 * there is nothing to draw.
 * @example spaceFor('logistic', { C: 0.01 }) // → { C: { logUniform: [0.00001, 0.1] } }
 */
export function spaceFor(kind: string, params: object | undefined): object | undefined {
  const own = isObject(params) ? params : {};
  if (kind === 'two-part') return partSpace('touch', own.touch);
  if (kind === 'log-pool' && Array.isArray(own.members)) {
    const spaces = own.members.map((member: unknown) => (isObject(member) && typeof member.kind === 'string' ? spaceFor(member.kind, isObject(member.params) ? member.params : undefined) : undefined));
    return spaces.every((space) => space === undefined) ? undefined : { members: spaces.map((space) => (space === undefined ? {} : { params: space })) };
  }
  return Object.hasOwn(SPACES, kind) ? SPACES[kind] : undefined;
}

/** The space of a part, in the shape of the whole. A part that is not given has a kind that only its model knows. */
function partSpace(name: string, part: unknown): object | undefined {
  if (!isObject(part) || typeof part.kind !== 'string') return undefined;
  const space = spaceFor(part.kind, isObject(part.params) ? part.params : undefined);
  return space === undefined ? undefined : { [name]: { params: space } };
}

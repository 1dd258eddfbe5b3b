// The settings that are tried: what each search begins with, then draws, one search after the other.
import type { Random } from '../../numeric/random.js';
import type { ClassifierKind } from '../classifier.js';
import { drawParams } from './param-space.js';
import type { ResolvedSearch } from './tuned-params.js';

/** A kind with its hyper-parameters. */
export interface Setting {
  readonly kind: ClassifierKind;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A space of a few choices is soon exhausted: so many draws in a row that were there before end the search. */
const MOST_REPEATS = 100;

/** At most `count` settings, each once; the first of them are what the searches begin with. */
export function drawSettings(search: readonly ResolvedSearch[], count: number, random: Random): readonly Setting[] {
  const settings: Setting[] = [];
  const seen = new Set<string>();
  const add = (kind: ClassifierKind, params: Readonly<Record<string, unknown>>): void => {
    const key = `${kind.kind} ${JSON.stringify(params)}`;
    if (seen.has(key)) return;
    seen.add(key);
    settings.push({ kind, params });
  };
  for (const { kind, params } of search.slice(0, count)) add(kind, { ...params });
  for (let draw = 0, repeats = 0; settings.length < count && repeats < MOST_REPEATS; draw += 1) {
    const { kind, params, space } = search[draw % search.length];
    const before = settings.length;
    add(kind, drawParams(params, space, random) as Readonly<Record<string, unknown>>);
    repeats = settings.length === before ? repeats + 1 : 0;
  }
  return settings;
}

import { expect, it } from 'vitest';
import { CLASSIFIERS, restoreClassifier } from '../classifiers.js';
import type { ModelKind } from '../classifier.js';

it('a hostile document cannot nest models without end', () => {
  for (const kind of ['tuned', 'log-pool', 'two-part'] as const) {
    const model = CLASSIFIERS[kind]?.fit({ features: { names: ['a'], columns: [Float64Array.of(1, 2, 3, 4)], length: 4 }, labels: Int8Array.of(-1, 0, 1, 0) }, { seed: 1, params: kind === 'tuned' ? { budget: 1 } : {} });
    const document = JSON.parse(JSON.stringify(model?.serialize())) as Record<string, unknown>;
    const inside = (deep: unknown): unknown => {
      if (kind === 'tuned') return { ...document, base: deep };
      if (kind === 'two-part') return { ...document, touch: { constant: 0, model: deep } };
      const [member] = document.members as object[];
      return { ...document, members: [{ ...member, weight: 1, model: deep }] };
    };
    let deep: unknown = document;
    for (let depth = 0; depth < 20_000; depth += 1) deep = inside(deep);
    expect(() => restoreClassifier(deep), kind).toThrow(expect.objectContaining({ code: 'CORRUPT' }));
  }
});

it('each may stand inside the next only', () => {
  const data = { features: { names: ['a'], columns: [Float64Array.from({ length: 40 }, (_, row) => row % 7)], length: 40 }, labels: Int8Array.from({ length: 40 }, (_, row) => (row % 3) - 1) };
  const fit = (kind: ModelKind, params: object) => CLASSIFIERS[kind]?.fit(data, { seed: 1, params });
  expect(fit('tuned', { budget: 1, search: [{ kind: 'log-pool', params: { members: [{ kind: 'two-part' }, { kind: 'prior' }] } }] })?.members).toHaveLength(2);
  for (const kind of ['log-pool', 'tuned']) expect(() => fit('log-pool', { members: [{ kind }] })).toThrow(/may stand inside log-pool/);
  expect(() => fit('tuned', { search: [{ kind: 'tuned' }] })).toThrow(/may stand inside tuned/);
});

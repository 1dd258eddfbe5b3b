import { expect, it } from 'vitest';
import { GBDT_SPACE, LOGISTIC_SPACE } from './tuning-spaces.js';
import { spaceFor } from './space-for.js';

it('has the shape of the params, however deep', () => {
  expect(spaceFor('logistic', undefined)).toBe(LOGISTIC_SPACE);
  const twoPart = { touch: { kind: 'logistic', params: { C: 1 } }, side: { kind: 'prior' } };
  expect(spaceFor('two-part', twoPart)).toEqual({ touch: { params: LOGISTIC_SPACE } });
  const members = [{ kind: 'two-part', params: twoPart }, { kind: 'prior' }, { kind: 'gbdt' }];
  expect(spaceFor('log-pool', { members })).toEqual({ members: [{ params: { touch: { params: LOGISTIC_SPACE } } }, {}, { params: GBDT_SPACE }] });
});

it('is undefined where there is nothing to draw', () => {
  for (const [kind, params] of [['prior', {}], ['two-part', {}], ['two-part', { touch: { kind: 'prior' } }], ['log-pool', { members: [{ kind: 'prior' }] }], ['toString', {}]] as const) expect(spaceFor(kind, params)).toBeUndefined();
});

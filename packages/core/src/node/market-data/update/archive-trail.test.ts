import { expect, it } from 'vitest';
import { ArchiveTrail } from './archive-trail.js';

const DAY = 86_400_000;

it('ends two months after the last archive, and never before the first', () => {
  const fresh = new ArchiveTrail();
  fresh.missed(5000 * DAY);
  expect(fresh.endMs).toBeUndefined();
  fresh.found(5001 * DAY);
  fresh.missed(5062 * DAY);
  expect(fresh.endMs).toBeUndefined();
  fresh.missed(5063 * DAY);
  expect(fresh.endMs).toBe(5001 * DAY);
  const begun = new ArchiveTrail(10 * DAY);
  begun.missed(72 * DAY);
  expect(begun.endMs).toBe(10 * DAY);
});

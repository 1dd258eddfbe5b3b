import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { HiddenPlan } from './hidden-plan.js';

const plan = (seed: number): HiddenPlan => new HiddenPlan(createRandom(seed));

describe('HiddenPlan', () => {
  it('is the same in whatever order it is asked', () => {
    const forwards = plan(3);
    const backwards = plan(3);
    const days = Array.from({ length: 400 }, (_, i) => i * 1.7);
    const seen = days.map((day) => forwards.meanDirection(day, day + 7));
    expect([...days].reverse().map((day) => backwards.meanDirection(day, day + 7))).toEqual([...seen].reverse());
  });

  it('rises, falls and rests about as long, in phases of weeks', () => {
    const daily = Array.from({ length: 20_000 }, (_, day) => plan1.meanDirection(day, day + 1));
    const share = (direction: number): number => daily.filter((value) => value === direction).length / daily.length;
    expect(share(1)).toBeCloseTo(share(-1), 1);
    expect(share(0)).toBeGreaterThan(0.3);
    expect(share(1) + share(-1) + share(0)).toBeGreaterThan(0.93); // the rest are days of change
  });
  const plan1 = plan(1);

  it('stays near where it began', () => {
    const far = plan(5);
    for (let day = 0; day < 20_000; day += 50) expect(Math.abs(far.meanDirection(0, day + 1) * (day + 1))).toBeLessThan(200);
  });

  it('a mean is the mean of its parts', () => {
    const p = plan(6);
    expect(p.meanDirection(100, 160)).toBeCloseTo((p.meanDirection(100, 130) + p.meanDirection(130, 160)) / 2, 12);
  });
});

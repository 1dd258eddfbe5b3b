import { expect, it } from 'vitest';
import { eventReliability } from './event-reliability.js';

it('asks both questions of the rows that they are of', () => {
  // said: touched 0.6, up given a touch 0.75; of four rows two were touched, one of them at the upper side
  const labels = Int8Array.of(1, 0, -1, 0);
  const { touched, up, classes, calibrationError } = eventReliability(labels, Float64Array.from([0, 1, 2, 3].flatMap(() => [0.15, 0.4, 0.45])), 1);
  expect(touched.bins).toHaveLength(1);
  expect(touched.bins[0]).toMatchObject({ observedShare: 0.5, rows: 4 });
  expect(touched.bins[0].meanProbability).toBeCloseTo(0.6, 12);
  expect(up?.bins[0]).toMatchObject({ observedShare: 0.5, rows: 2 });
  expect(up?.bins[0].meanProbability).toBeCloseTo(0.75, 12);
  expect(classes.map(({ classIndex }) => classIndex)).toEqual([0, 1, 2]);
  expect(calibrationError.touched).toBeCloseTo(0.1, 12);
  expect(calibrationError.up).toBeCloseTo(0.25, 12);
  // the most probable answer, a rise at 0.45, was right once in four
  expect(calibrationError.answer).toBeCloseTo(0.2, 12);
});

it('has no curve of the side where nothing was touched', () => {
  expect(eventReliability(Int8Array.of(0, 0), Float64Array.of(0.2, 0.6, 0.2, 0.1, 0.8, 0.1), 1)).toMatchObject({ up: null, calibrationError: { up: null } });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../numeric/random.js';
import { type AnswerReference, createAnswerReference } from './answer-reference.js';
import { answerReferenceSchema } from './answer-schema.js';
import { measureAnswers } from './measure-answers.js';

const DAY = 86_400_000;

/** Answers that wander between down, neutral and up. */
function answers(seed: number, length: number): Float64Array[] {
  const random = createRandom(seed);
  let pull = 0;
  const rows = Array.from({ length }, () => {
    pull = 0.85 * pull + random.normal();
    const raw = [Math.exp(pull), 1.5, Math.exp(-pull)];
    const sum = raw[0] + raw[1] + raw[2];
    return raw.map((value) => value / sum);
  });
  return [0, 1, 2].map((place) => Float64Array.from(rows, (row) => row[place]));
}

function referenceOf([pDown, pNeutral, pUp]: readonly Float64Array[], fold?: Int32Array, openTimeMs?: Float64Array): AnswerReference {
  const length = pDown.length;
  return createAnswerReference(
    { pDown, pNeutral, pUp, label: new Int8Array(length), fold: fold ?? new Int32Array(length), openTimeMs: openTimeMs ?? Float64Array.from({ length }, (_, i) => i * DAY) },
    { intervalMs: DAY, seed: 1 },
  );
}

const reference = referenceOf(answers(1, 900));

describe('createAnswerReference', () => {
  it('passes its own schema, and means are those of the rows', () => {
    expect(answerReferenceSchema.parse(JSON.parse(JSON.stringify(reference)))).toEqual(reference);
    const [down] = answers(1, 900);
    expect(reference.means[0]).toBeCloseTo(down.reduce((sum, value) => sum + value, 0) / 900, 5);
    expect(answerReferenceSchema.safeParse({ ...reference, answers: [] }).success).toBe(false);
  });

  it('takes the newest answer about a bar that several folds answered', () => {
    const [first, second] = [answers(1, 400), answers(2, 400)];
    const both = first.map((column, i) => Float64Array.from([...second[i], ...column]));
    const fold = Int32Array.from({ length: 800 }, (_, i) => (i < 400 ? 7 : 3));
    const times = Float64Array.from({ length: 800 }, (_, i) => (i % 400) * DAY);
    expect(referenceOf(both, fold, times)).toEqual(referenceOf(second));
  });
});

describe('measureAnswers', () => {
  it('says nothing of answers like those of the evaluation', () => {
    for (const seed of [11, 12, 13]) expect(measureAnswers(reference, answers(seed, 60))).toMatchObject({ rows: 60, isDrifted: false, isCollapsed: false });
  });

  it('names a model that says the same every day', () => {
    const constant = [0.2, 0.5, 0.3].map((value) => new Float64Array(60).fill(value));
    expect(measureAnswers(reference, constant)).toMatchObject({ isCollapsed: true, oneAnswer: 0, spread: 0 });
  });

  it('names answers that hardly differ although they change sides', () => {
    const flat = [0, 1, 2].map((place) => Float64Array.from({ length: 60 }, (_, i) => (place === i % 3 ? 0.34 : 0.33)));
    expect(measureAnswers(reference, flat)).toMatchObject({ isCollapsed: true, oneAnswer: null });
  });

  it('finds probabilities that never were in the evaluation', () => {
    const sure = [0.995, 0.003, 0.002].map((value, place) => Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? value : [0.002, 0.003, 0.995][place])));
    expect(measureAnswers(reference, sure)).toMatchObject({ isDrifted: true, isCollapsed: false });
  });

  it('takes a shorter stretch where there are few answers, and says nothing of fewer than 20', () => {
    expect(measureAnswers(reference, answers(11, 59))?.rows).toBe(20);
    expect(measureAnswers(reference, answers(11, 19))).toBeUndefined();
  });
});

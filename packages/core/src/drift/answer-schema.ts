// The schema of a reference of answers in meta.json.
import { z } from 'zod';
import { type AnswerReference, PROBABILITY_NAMES } from './answer-reference.js';
import { distributionReferenceSchema } from './reference-schema.js';

const share = z.number().min(0).max(1);
const answers = z.object({
  means: z.tuple([share, share, share]),
  answers: z.array(z.object({ rows: z.number().int().positive(), oneAnswer: share, spread01: z.number().min(0) })).max(10),
});

export const answerReferenceSchema: z.ZodType<AnswerReference> = distributionReferenceSchema
  .and(answers)
  .refine(({ names }) => names.join() === PROBABILITY_NAMES.join(), `names must be ${PROBABILITY_NAMES.join(', ')}`)
  .refine((own) => own.answers.length === own.windows.length && own.answers.every(({ rows }, i) => rows === own.windows[i].rows), 'answers must have the lengths of windows');

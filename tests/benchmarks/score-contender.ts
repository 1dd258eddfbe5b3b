// The quality of a contender: it writes its probabilities for the test rows, and they are scored here, alike for all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classificationScores, CLASSES, logLoss, mostProbableLabels } from '@forecastlab/core';
import type { ContenderProcess } from './contender-process.js';
import type { ProblemFolder } from './problems/problem-folders.js';
import type { Quality } from './run-task.js';

/** Libraries that keep floats give rows that add up to 1 within this. */
const TOLERANCE = 1e-5;

/** Log loss (nats) and macro F1 of the contender's last model on the problem's test rows. Throws for what are no probabilities. */
export async function scoreContender(contender: ContenderProcess, { folder, testClassIndexes }: ProblemFolder): Promise<Quality> {
  const file = join(folder, 'probabilities.f64');
  await contender.ask({ command: 'score', file });
  const bytes = readFileSync(file);
  return scoreProbabilities(new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)), testClassIndexes);
}

/** The same from probabilities [rows × 3] and classes [rows] 0 to 2. */
export function scoreProbabilities(probabilities: Float64Array, classIndexes: Uint8Array): Quality {
  const wanted = CLASSES.length * classIndexes.length;
  if (probabilities.length !== wanted) throw new Error(`gave ${probabilities.length} probabilities where ${wanted} were wanted`);
  for (let at = 0; at < wanted; at += CLASSES.length) {
    const sum = probabilities[at] + probabilities[at + 1] + probabilities[at + 2];
    if (!(Math.abs(sum - 1) < TOLERANCE)) throw new Error(`gave probabilities that add up to ${sum} in row ${at / CLASSES.length}`);
  }
  const labels = Int8Array.from(classIndexes, (index) => CLASSES[index]);
  return { logLoss: logLoss(labels, probabilities.map((p) => Math.min(1, p))), macroF1: classificationScores(labels, mostProbableLabels(probabilities)).f1 };
}

// Class weights make a model hear rare classes, and make its probabilities too high for them.
import type { CalibrationMethod } from './calibration/calibration-method.js';
import type { FitOptions } from './classifier.js';

/**
 * What to tell someone who weighs classes without a calibration that mends the probabilities; undefined when all is well.
 * @example classWeightWarning({ classWeights: 'balanced' }) // → 'Class weights shift the probabilities away from …'
 */
export function classWeightWarning({ classWeights, calibration = 'none' }: {
  readonly classWeights?: FitOptions['classWeights'];
  readonly calibration?: CalibrationMethod;
}): string | undefined {
  if (classWeights === undefined || calibration === 'sigmoid' || calibration === 'isotonic') return undefined;
  if (classWeights !== 'balanced' && classWeights.every((weight) => weight === classWeights[0])) return undefined;
  const unmended = calibration === 'temperature' ? ', which calibration by temperature does not mend' : '';
  return `Class weights shift the probabilities away from the shares that are really seen${unmended}: rare classes get too much, and the log loss suffers. Add --calibration sigmoid (or isotonic with thousands of rows) to bring them back.`;
}

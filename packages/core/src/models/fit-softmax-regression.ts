// The optimizer behind logistic regression: Newton's method with a Cholesky solve and step halving. The objective is
// scikit-learn's: sum of weighted log losses + |coefficients|² / (2 C), intercepts free. Convex, so every start ends in
// one place; always starting at zero in a fixed order of sums makes the result the same bits each time.
import { log } from '../numeric/log.js';
import { softmaxRows } from '../numeric/softmax.js';
import { solvePositiveDefinite } from './solve-positive-definite.js';
import { weightedGrams } from './weighted-grams.js';

export interface SoftmaxProblem {
  /** [features] of [rows], standardized, nothing missing. */
  readonly columns: readonly Float64Array[];
  /** [rows] index into `classes`. */
  readonly classIndex: Int8Array;
  /** Classes to tell apart: 1, 2 or 3. */
  readonly classCount: number;
  /** [rows], not negative, total above zero. */
  readonly weights: Float64Array;
  /** [rows × 3] added to the scores; columns beyond classCount are not read. Default: 0. */
  readonly offsets?: Float64Array;
  readonly C: number;
  readonly maxIter: number;
  /** Stop when no component of the gradient, divided by the total weight, is larger. */
  readonly tol: number;
}

export interface SoftmaxSolution {
  /** [classCount × (features + 1)]: coefficients of a class, then its intercept. */
  readonly parameters: Float64Array;
  readonly iterations: number;
  readonly isConverged: boolean;
}

/** Minimizes the penalized log loss. The intercepts of the result add up to 0, and so do each feature's coefficients. */
export function fitSoftmaxRegression(problem: SoftmaxProblem): SoftmaxSolution {
  const size = problem.classCount * (problem.columns.length + 1);
  let parameters = new Float64Array(size);
  if (problem.classCount === 1) return { parameters, iterations: 0, isConverged: true };
  const totalWeight = problem.weights.reduce((sum, weight) => sum + weight, 0);
  let probabilities = classProbabilities(problem, parameters);
  let value = objective(problem, parameters, probabilities);
  for (let iterations = 0; ; iterations += 1) {
    const gradient = gradientOf(problem, parameters, probabilities);
    const steepest = gradient.reduce((most, component) => Math.max(most, Math.abs(component)), 0) / totalWeight;
    if (steepest <= problem.tol) return { parameters, iterations, isConverged: true };
    if (iterations === problem.maxIter) return { parameters, iterations, isConverged: false };
    const direction = solvePositiveDefinite(hessianOf(problem, probabilities, totalWeight), gradient);
    let isLower = false;
    for (let share = 1; share > 1e-10 && !isLower; share /= 2) {
      const candidate = parameters.map((parameter, i) => parameter - share * direction[i]);
      const candidateProbabilities = classProbabilities(problem, candidate);
      const candidateValue = objective(problem, candidate, candidateProbabilities);
      if (candidateValue < value) {
        parameters = candidate;
        probabilities = candidateProbabilities;
        value = candidateValue;
        isLower = true;
      }
    }
    // no step lowers the objective any more: this is its minimum as far as doubles can tell
    if (!isLower) return { parameters, iterations, isConverged: true };
  }
}

/** [rows × 3]; columns beyond classCount are 0. */
function classProbabilities({ columns, classCount, weights, offsets }: SoftmaxProblem, parameters: Float64Array): Float64Array {
  const rows = weights.length;
  const width = columns.length + 1;
  const scores = new Float64Array(3 * rows).fill(-Infinity);
  const own = new Float64Array(rows);
  for (let k = 0; k < classCount; k += 1) {
    own.fill(parameters[k * width + columns.length]);
    columns.forEach((column, feature) => {
      const coefficient = parameters[k * width + feature];
      for (let row = 0; row < rows; row += 1) own[row] += coefficient * column[row];
    });
    for (let row = 0; row < rows; row += 1) scores[3 * row + k] = own[row] + (offsets === undefined ? 0 : offsets[3 * row + k]);
  }
  return softmaxRows(scores, 3);
}

function objective({ columns, classIndex, classCount, weights, C }: SoftmaxProblem, parameters: Float64Array, probabilities: Float64Array): number {
  let loss = 0;
  for (let row = 0; row < weights.length; row += 1) {
    const weight = weights[row];
    if (weight > 0) loss -= weight * log(Math.max(1e-300, probabilities[3 * row + classIndex[row]]));
  }
  let squares = 0;
  for (let k = 0; k < classCount; k += 1) {
    for (let feature = 0; feature < columns.length; feature += 1) {
      const coefficient = parameters[k * (columns.length + 1) + feature];
      squares += coefficient * coefficient;
    }
  }
  return loss + squares / (2 * C);
}

function gradientOf({ columns, classIndex, classCount, weights, C }: SoftmaxProblem, parameters: Float64Array, probabilities: Float64Array): Float64Array {
  const width = columns.length + 1;
  const gradient = new Float64Array(parameters.length);
  const residuals = new Float64Array(weights.length);
  for (let k = 0; k < classCount; k += 1) {
    let sum = 0;
    for (let row = 0; row < residuals.length; row += 1) {
      const residual = weights[row] * (probabilities[3 * row + k] - (classIndex[row] === k ? 1 : 0));
      residuals[row] = residual;
      sum += residual;
    }
    gradient[k * width + columns.length] = sum;
    columns.forEach((column, feature) => {
      gradient[k * width + feature] = dot(column, residuals) + parameters[k * width + feature] / C;
    });
  }
  return gradient;
}

/**
 * [size × size], row-major. The curvature of a class with itself, w p (1 - p), is what it shares with the others, w p q each: so there is one
 * weighted Gram matrix per pair of classes. Adding one value to all intercepts changes nothing, so that direction gets a curvature of its own.
 */
function hessianOf({ columns, classCount, weights, C }: SoftmaxProblem, probabilities: Float64Array, totalWeight: number): Float64Array {
  const width = columns.length + 1;
  const size = classCount * width;
  const pairs = classCount === 2 ? [[0, 1]] : [[0, 1], [0, 2], [1, 2]];
  const shared = pairs.map(([k, j]) => weights.map((weight, row) => weight * probabilities[3 * row + k] * probabilities[3 * row + j]));
  const grams = weightedGrams([...columns, new Float64Array(weights.length).fill(1)], shared);
  const hessian = new Float64Array(size * size);
  pairs.forEach(([k, j], pair) => {
    for (let a = 0; a < width; a += 1) {
      for (let b = 0; b < width; b += 1) {
        const entry = grams[pair][a * width + b];
        hessian[(k * width + a) * size + k * width + b] += entry;
        hessian[(j * width + a) * size + j * width + b] += entry;
        hessian[(k * width + a) * size + j * width + b] = -entry;
        hessian[(j * width + a) * size + k * width + b] = -entry;
      }
    }
  });
  const intercept = columns.length;
  for (let k = 0; k < classCount; k += 1) {
    for (let a = 0; a < intercept; a += 1) hessian[(k * width + a) * (size + 1)] += 1 / C;
    for (let j = 0; j < classCount; j += 1) hessian[(k * width + intercept) * size + j * width + intercept] += totalWeight / (classCount * classCount);
  }
  return hessian;
}

function dot(a: Float64Array, b: Float64Array): number {
  // four sums, so that none waits for the one before
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let row = 0; row < whole; row += 4) {
    s0 += a[row] * b[row];
    s1 += a[row + 1] * b[row + 1];
    s2 += a[row + 2] * b[row + 2];
    s3 += a[row + 3] * b[row + 3];
  }
  for (let row = whole; row < a.length; row += 1) s0 += a[row] * b[row];
  return s0 + s1 + (s2 + s3);
}

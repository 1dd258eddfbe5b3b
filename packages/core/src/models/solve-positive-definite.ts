// Solves A x = b for a symmetric positive definite A by Cholesky factors, in a fixed order of operations.
import { ForecastLabError } from '../errors.js';

/** The solution [size] of A x = b; `matrix` [size × size] row-major is overwritten. Throws BAD_DATA when A is not positive definite. */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      let sum = matrix[row * size + column];
      for (let i = 0; i < column; i += 1) sum -= matrix[row * size + i] * matrix[column * size + i];
      if (row > column) matrix[row * size + column] = sum / matrix[column * size + column];
      else if (sum > 0) matrix[row * size + column] = Math.sqrt(sum);
      else throw new ForecastLabError('BAD_DATA', 'The equations of the fit have no unique solution in double precision.', { hint: 'Lower `C`, or drop features that repeat each other.' });
    }
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = solution[row];
    for (let i = 0; i < row; i += 1) sum -= matrix[row * size + i] * solution[i];
    solution[row] = sum / matrix[row * size + row];
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row];
    for (let i = row + 1; i < size; i += 1) sum -= matrix[i * size + row] * solution[i];
    solution[row] = sum / matrix[row * size + row];
  }
  return solution;
}

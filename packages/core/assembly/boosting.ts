// Kernels of gradient boosting. A trial module until they are written.

export function sumOf(values: usize, count: i32): f64 {
  let sum = 0.0;
  for (let i = 0; i < count; i += 1) sum += load<f64>(values + (<usize>i << 3));
  return sum;
}

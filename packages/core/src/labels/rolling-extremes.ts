// Largest and smallest value of each window of T bars in O(n): monotonic deques (Lemire 2006, "Streaming
// maximum-minimum filter using no more than three comparisons per element").

/** Which of two values stays at the head of the deque. */
type Better = (a: number, b: number) => boolean;

/**
 * result[i] = maximum of values[i - windowBars + 1 .. i]; NaN while the window is not full or holds NaN.
 * @param values [rows]
 */
export function rollingMaximum(values: Float64Array, windowBars: number): Float64Array {
  return rollingBest(values, windowBars, (a, b) => a >= b);
}

/** Like {@link rollingMaximum}, for the minimum. */
export function rollingMinimum(values: Float64Array, windowBars: number): Float64Array {
  return rollingBest(values, windowBars, (a, b) => a <= b);
}

function rollingBest(values: Float64Array, windowBars: number, isBetter: Better): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  const deque = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let firstWhole = windowBars - 1; // last bar of the first window without NaN
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) {
      firstWhole = i + windowBars;
      head = tail;
      continue;
    }
    while (tail > head && isBetter(values[i], values[deque[tail - 1]])) tail -= 1;
    deque[tail] = i;
    tail += 1;
    if (deque[head] <= i - windowBars) head += 1;
    if (i >= firstWhole) result[i] = values[deque[head]];
  }
  return result;
}

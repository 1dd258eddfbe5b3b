// Numbers of a model as float32, which is all that ONNX's classical operators hold.
import { ForecastLabError } from '../../../errors.js';

/** Rounded to the nearest float32. Throws BAD_DATA when one is too large for it; `what` names the numbers in the message. */
export function float32Numbers(numbers: ArrayLike<number>, what: string): Float32Array {
  const rounded = Float32Array.from(numbers);
  const odd = rounded.findIndex((number) => !Number.isFinite(number));
  if (odd < 0) return rounded;
  throw new ForecastLabError('BAD_DATA', `The model cannot be written as ONNX: ${what} must fit into float32. Got ${numbers[odd]}.`, {
    hint: 'Rescale the features or targets that the model is trained on.',
    details: { what, got: numbers[odd] },
  });
}

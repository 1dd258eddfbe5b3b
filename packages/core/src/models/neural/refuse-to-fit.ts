// What the registered neural kinds say when they are asked to fit: TensorFlow.js is optional and must be passed in.
import { ForecastLabError } from '../../errors.js';

/** Throws BAD_OPTION with the way out. */
export function refuseToFit(kind: 'mlp' | 'gru'): never {
  throw new ForecastLabError('BAD_OPTION', `The model kind \`${kind}\` needs the optional TensorFlow.js packages to be fitted.`, {
    hint: `Pass the result of loadNeuralKind('${kind}') of @forecastlab/core/node, or a kind of createNeuralKinds(tf), as the kind.`,
  });
}

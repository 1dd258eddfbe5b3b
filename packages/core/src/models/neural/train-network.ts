// The training loop of both networks: TensorFlow.js gives the gradient of each batch, AdamW takes the step, the validation
// rows tell when to stop. All chance (shuffles, dropout) comes from our own generator, never from TensorFlow.js.
import { ForecastLabError } from '../../errors.js';
import { log } from '../../numeric/log.js';
import { createRandom, type Random } from '../../numeric/random.js';
import { softmaxRows } from '../../numeric/softmax.js';
import { createAdamW } from './adam-w.js';
import type { NeuralTrainingParams } from './neural-options.js';
import type { Tensor, TensorFlow } from './tensorflow.js';
import type { ValidationTail } from './validation-tail.js';

/** An array of weights as training starts. */
export interface InitialWeights {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Leaves out some of a tensor's [rows × units] values in training; the identity in validation. */
export type Dropout = (values: Tensor, rows: number, units: number) => Tensor;

export interface NetworkTraining extends ValidationTail {
  readonly where: string;
  /** Matrices decay, vectors (biases) do not. */
  readonly weights: readonly InitialWeights[];
  /** Scores [batch × 3] of the rows at the positions `batch`, from weights in the order of `weights`. */
  readonly scores: (weights: readonly Tensor[], batch: Int32Array, dropOut: Dropout) => Tensor;
  /** [rows] 0, 1 or 2. */
  readonly classIndexes: Uint8Array;
  /** [rows] */
  readonly rowWeights: Float64Array;
  readonly params: Required<NeuralTrainingParams>;
  readonly seed: number;
  readonly onIteration?: ((done: number, total: number) => void) | undefined;
}

export interface TrainedNetwork {
  /** In the order and lengths of the initial weights. */
  readonly weights: readonly Float32Array[];
  /** Epochs trained, and the one whose weights these are; 0 is the start. */
  readonly epochs: number;
  readonly bestEpoch: number;
}

/** Streams of random numbers of one seed are kept apart by these keys. */
const SHUFFLES = 0x5a1;
const DROPOUTS = 0xd20;

/** Validation rows that are predicted at once, for memory's sake. */
const VALIDATION_BATCH = 1024;

/** Weights beyond this come from a training that has diverged; a document may not hold them either. */
export const LARGEST_WEIGHT = 1e30;

/** Trains the network; every tensor that it makes is disposed of, also when something throws. Throws BAD_DATA when the weights diverge. */
export function trainNetwork(tf: TensorFlow, job: NetworkTraining): TrainedNetwork {
  const { params, validation, onIteration } = job;
  const weights = job.weights.map(({ values }) => values.slice());
  const takeStep = createAdamW({ ...params, decays: job.weights.map(({ shape }) => shape.length > 1) });
  const shuffles = createRandom(job.seed, SHUFFLES);
  const dropouts = createRandom(job.seed, DROPOUTS);
  const order = job.training.slice();
  let best = { weights: weights.map((values) => values.slice()), epoch: 0, loss: validation.length === 0 ? Infinity : validationLoss(tf, job, weights) };
  for (let epoch = 1; epoch <= params.epochs; epoch += 1) {
    shuffle(order, shuffles);
    for (let begin = 0; begin < order.length; begin += params.batchSize) {
      takeStep(weights, batchGradient(tf, job, weights, order.subarray(begin, begin + params.batchSize), dropouts));
    }
    checkWeights(job.where, weights);
    onIteration?.(epoch, params.epochs);
    if (validation.length === 0) continue;
    const loss = validationLoss(tf, job, weights);
    if (loss < best.loss) best = { weights: weights.map((values) => values.slice()), epoch, loss };
    else if (epoch - best.epoch >= params.patience) return { weights: best.weights, epochs: epoch, bestEpoch: best.epoch };
  }
  return validation.length === 0 ? { weights, epochs: params.epochs, bestEpoch: params.epochs } : { weights: best.weights, epochs: params.epochs, bestEpoch: best.epoch };
}

/** The gradient of the batch's weighted log loss; weights count relative to the mean of all training rows. */
function batchGradient(tf: TensorFlow, job: NetworkTraining, weights: readonly Float32Array[], batch: Int32Array, random: Random): ArrayLike<number>[] {
  const { training, classIndexes, rowWeights } = job;
  const scale = training.length / training.reduce((sum, row) => sum + rowWeights[row], 0) / batch.length;
  const targets = new Float32Array(3 * batch.length);
  batch.forEach((row, i) => {
    targets[3 * i + classIndexes[row]] = rowWeights[row] * scale;
  });
  let gradient: ArrayLike<number>[] = [];
  tf.tidy(() => {
    const wanted = tf.tensor(targets, [batch.length, 3]);
    const dropOut = createDropout(tf, job.params.dropout, random);
    const lossAndGradient = tf.valueAndGrads((...tensors) => tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(job.scores(tensors, batch, dropOut))))));
    gradient = lossAndGradient(toTensors(tf, job, weights)).grads.map((tensor) => tensor.dataSync());
  });
  return gradient;
}

/** Inverted dropout: what is kept is scaled up, so that prediction needs no change (Srivastava et al. 2014). */
function createDropout(tf: TensorFlow, share: number, random: Random): Dropout {
  if (share === 0) return (values) => values;
  return (values, rows, units) => {
    const mask = Float32Array.from({ length: rows * units }, () => (random.next() < share ? 0 : 1 / (1 - share)));
    return tf.mul(values, tf.tensor(mask, [rows, units]));
  };
}

function validationLoss(tf: TensorFlow, job: NetworkTraining, weights: readonly Float32Array[]): number {
  const { validation, classIndexes, rowWeights } = job;
  let sum = 0;
  let total = 0;
  for (let begin = 0; begin < validation.length; begin += VALIDATION_BATCH) {
    const batch = validation.subarray(begin, begin + VALIDATION_BATCH);
    let scores = new Float64Array(0);
    tf.tidy(() => {
      scores = Float64Array.from(job.scores(toTensors(tf, job, weights), batch, (values) => values).dataSync());
    });
    const probabilities = softmaxRows(scores, 3);
    batch.forEach((row, i) => {
      sum -= rowWeights[row] * log(Math.max(Number.MIN_VALUE, probabilities[3 * i + classIndexes[row]]));
      total += rowWeights[row];
    });
  }
  return sum / total;
}

function toTensors(tf: TensorFlow, job: NetworkTraining, weights: readonly Float32Array[]): Tensor[] {
  return weights.map((values, i) => tf.tensor(values, [...job.weights[i].shape]));
}

/** Fisher and Yates. */
function shuffle(order: Int32Array, random: Random): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
}

function checkWeights(where: string, weights: readonly Float32Array[]): void {
  if (weights.every((values) => values.every((value) => Math.abs(value) <= LARGEST_WEIGHT))) return;
  throw new ForecastLabError('BAD_DATA', `${where}: The weights have grown beyond all bounds.`, { hint: 'Lower `learningRate`, or mend odd values in the features and sample weights.' });
}

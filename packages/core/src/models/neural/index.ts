// Neural classifiers, in the order in which to read them: input-encoder, mlp-network, gru-network (prediction); train-network,
// fit-mlp, fit-gru with recurrent-state (training with TensorFlow.js, which is passed in).
export { createNeuralKinds } from './neural-kinds.js';
export type { NeuralKinds } from './neural-kinds.js';
export type { Tensor, TensorFlow, TensorFlowModule } from './tensorflow.js';
export { MLP } from './mlp.js';
export { GRU } from './gru.js';
export type { GruParams, MlpParams, NeuralTrainingParams } from './neural-options.js';

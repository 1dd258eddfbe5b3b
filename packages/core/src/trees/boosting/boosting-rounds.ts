// The loop of boosting: derivatives, one tree per score, new scores, and so on.
import { ForecastLabError } from '../../errors.js';
import { startScores, sumTrees } from '../ensemble/predict.js';
import { joinEnsembles, TreeEnsembleBuilder } from '../ensemble/tree-ensemble.js';
import type { TreeEnsemble } from '../ensemble/tree-ensemble.js';
import type { BoostedTrees, BoostingTask } from './boosting.js';
import { createSampler } from './boosting-sampler.js';
import { kindOfModel } from './check-initial-model.js';
import { createEarlyStopper } from './early-stopping.js';
import { createFitArrays } from './fit-arrays.js';
import type { FitArrays } from './fit-arrays.js';
import { flattenTree, leavesOf } from './flatten-tree.js';
import { growTree } from './grow-tree.js';
import type { GrownNode, GrowLimits } from './grow-tree.js';
import { leafOutput } from './leaf-output.js';
import { createObjective } from './objectives/objective.js';
import { chooseSteps } from './quantize.js';
import type { Steps } from './quantize.js';
import { routeRows } from './route-rows.js';
import { limitsInSteps } from './split-search.js';
import type { KernelSet } from './wasm-kernels.js';

/** Runs a checked fit. */
export function runRounds(task: BoostingTask, { kernels, memory }: KernelSet): BoostedTrees {
  const { training, params, initialModel, classes } = task;
  const rows = training.matrix.length;
  const objective = createObjective(task.objective, { ...training, classes, huberDelta: params.huberDelta });
  const { scoreCount } = objective;
  const isFromAverage = params.boostFromAverage && training.offsets === undefined;
  const start = initialModel?.start ?? task.start ?? (isFromAverage ? objective.start : new Float64Array(scoreCount));
  const arrays = createFitArrays(memory, training.matrix, training.targets, training.weights, { ...params, scoreCount });
  const stopper = task.validation && createEarlyStopper(task.validation, { objective, start, initial: initialModel?.trees, patience: params.earlyStoppingRound });
  const sampler = createSampler(rows, arrays.groups.width, scoreCount, task.seed, params);
  setScores(arrays, task, start);

  const rounds: TreeEnsemble[] = [];
  while (rounds.length < params.numIterations) {
    objective.fillDerivatives(kernels, arrays.derivatives);
    checkConvergence(arrays.derivatives.sums);
    const round = new TreeEnsembleBuilder(1);
    let hasGrown = false;
    for (let score = 0; score < scoreCount; score += 1) {
      sampler.fillRows(arrays.rows, rounds.length);
      const features = sampler.featuresOf(rounds.length, score);
      const leaves = growOne({ round, score, features, bagSize: sampler.bagSize, isConstant: objective.isConstant(score) });
      if (leaves > 1) hasGrown = true;
    }
    if (!hasGrown && !sampler.isRandom) break; // no later round would find a split either
    const trees = round.build();
    rounds.push(trees);
    task.onIteration?.(rounds.length, params.numIterations);
    if (stopper?.isOver(trees)) break;
  }
  if (stopper !== undefined && params.earlyStoppingRound > 0) rounds.length = stopper.best();
  const parts = initialModel === undefined ? rounds : [initialModel.trees, ...rounds];
  return { objective: kindOfModel(task.objective), classes, start: start.slice(), trees: joinEnsembles(1, parts), iterations: rounds.length + (initialModel?.iterations ?? 0) };

  /** Grows the tree of one score, adds it to the round and to the scores; the number of its leaves. */
  function growOne(tree: { round: TreeEnsembleBuilder; score: number; features: Int32Array | undefined; bagSize: number; isConstant: boolean }): number {
    const { pairs, features: room, derivativesOf, scoresOf, binned } = arrays;
    const derivatives = derivativesOf[tree.score];
    const { sums } = arrays.derivatives;
    const steps = chooseSteps(rows, sums[2 * tree.score], sums[2 * tree.score + 1]);
    kernels.quantize(pairs, derivatives, rows, steps);
    const chosen = tree.features ?? allFeatures(arrays.groups.width);
    room.set(chosen);
    const inBag = arrays.rows.subarray(0, tree.bagSize);
    const site = { kernels, groups: arrays.groups, spareRows: arrays.spareRows, histograms: arrays.histograms };
    const limits = growLimits(task, steps, tree.isConstant);
    const grown = growTree(site, { pairs, rows: inBag, isEveryRow: tree.bagSize === rows, features: room.subarray(0, chosen.length) }, limits);
    const outputs = new Map<GrownNode, number>();
    for (const leaf of leavesOf(grown)) {
      const step = grown.leafCount === 1 ? 0 : outputOf(leaf, derivatives, steps) * params.learningRate;
      outputs.set(leaf, step);
      kernels.addToScores(scoresOf[tree.score], inBag, leaf.begin, leaf.end, step);
    }
    if (tree.bagSize < rows) {
      routeRows(site, grown.root, arrays.rows, tree.bagSize, rows, (leaf, begin, end) => kernels.addToScores(scoresOf[tree.score], arrays.rows, begin, end, outputs.get(leaf) as number));
    }
    const gainUnit = steps.hessianScale / steps.gradientScale / steps.gradientScale;
    flattenTree(tree.round, grown, binned, { stepOf: (leaf) => outputs.get(leaf) as number, gainUnit });
    return grown.leafCount;
  }

  /** The output of a leaf that lowers the loss most, from the derivatives themselves, within its bounds. */
  function outputOf(leaf: GrownNode, derivatives: Float64Array, { gradientScale, hessianScale }: Steps): number {
    const { leafSums } = arrays;
    kernels.sumLeaf(leafSums, derivatives, arrays.rows, leaf.begin, leaf.end);
    const output = leafOutput(leafSums[0], leafSums[1], params);
    const unit = hessianScale / gradientScale;
    return Math.min(leaf.bounds.high * unit, Math.max(leaf.bounds.low * unit, output));
  }
}

/** Weights of 1e50 in sum times distances of 1e50, and some more. */
const LARGEST_GRADIENT_SUM = 1e110;

/** Scores that run away, as with a learning rate above 2 in regression, end in numbers that no sum can hold. */
function checkConvergence(sums: Float64Array): void {
  if (sums.every((sum) => sum <= LARGEST_GRADIENT_SUM)) return;
  throw new ForecastLabError('FAILED', 'fitBoosting: The fit diverges: its scores grow beyond all bounds.', { hint: 'Lower `learningRate`, or regularise with `lambdaL2`.' });
}

function growLimits({ params, constraints }: BoostingTask, steps: Steps, isConstant: boolean): GrowLimits {
  const { numLeaves, maxDepth, growPolicy } = params;
  return { ...limitsInSteps(params, steps), numLeaves: isConstant ? 1 : numLeaves, maxDepth, growPolicy, constraints };
}

/** Start scores with the offsets, and those of the initial model's trees. */
function setScores(arrays: FitArrays, { training, initialModel }: BoostingTask, start: Float64Array): void {
  const scoreCount = start.length;
  const { columns, length } = training.matrix;
  const scores = initialModel === undefined ? startScores(start, length, training.offsets) : sumTrees(initialModel.trees, columns, length, start, training.offsets);
  for (let row = 0; row < length; row += 1) {
    for (let score = 0; score < scoreCount; score += 1) arrays.scoresOf[score][row] = scores[row * scoreCount + score];
  }
}

function allFeatures(width: number): Int32Array {
  return Int32Array.from({ length: width }, (_, feature) => feature);
}

// Models as ONNX files, which runtimes of any language run.
import { ForecastLabError, optionError } from '../errors.js';
import { readTrees } from '../trees/ensemble/tree-document.js';
import type { Forest } from '../trees/forest/forest.js';
import type { ImportedModel } from '../trees/interchange/imported-model.js';
import { writeLogisticOnnx } from '../trees/interchange/onnx/write-logistic-onnx.js';
import type { LogisticNumbers } from '../trees/interchange/onnx/write-logistic-onnx.js';
import { writeBoostedOnnx, writeForestOnnx } from '../trees/interchange/onnx/write-trees-onnx.js';
import { CLASSES } from './classifier.js';
import type { Classifier } from './classifier.js';

/** A forest with names for its columns. */
export interface NamedForest {
  readonly featureNames: readonly string[];
  readonly forest: Forest;
}

export interface WriteOnnxOptions {
  /** Integers that the classes of boosted trees or of a forest stand for, in their order. Default: 0, 1, …; a classifier's are -1, 0, 1. */
  readonly labels?: readonly number[];
}

/**
 * The bytes of an ONNX file (ai.onnx.ml version 3) that gives the probabilities of `model`, to the precision of float32:
 * classifiers of kind gbdt, random-forest, extra-trees and logistic; boosted trees with names (`{ featureNames, model }`); forests with
 * names. Input `features`: float32 [rows × features] in the order of the names, NaN where missing. Outputs: `label`
 * (int64 [rows]) and `probabilities` (float32 [rows × classes]); of a regression `prediction` (float32 [rows × 1]).
 * Rows whose numbers are float32 take the same way through every tree. Throws BAD_DATA for calibrated models, for other kinds
 * and for numbers beyond float32, BAD_OPTION for labels.
 */
export function writeOnnx(model: Classifier | ImportedModel | NamedForest, options: WriteOnnxOptions = {}): Uint8Array {
  if ('predictProba' in model) {
    if (options.labels !== undefined) throw optionError('writeOnnx', 'labels', 'left out for a classifier, whose labels are -1, 0 and 1', options.labels);
    return writeClassifier(model);
  }
  const { featureNames } = model;
  if ('forest' in model) return writeForestOnnx(featureNames, model.forest, checkLabels(options.labels, model.forest.classes));
  return writeBoostedOnnx(featureNames, model.model, checkLabels(options.labels, model.model.classes));
}

/** What a classifier is made of is read from its document, which every kind has. */
function writeClassifier(classifier: Classifier): Uint8Array {
  const { kind, featureNames } = classifier;
  if (classifier.calibration !== undefined) {
    throw new ForecastLabError('BAD_DATA', `A calibrated model cannot be written as ONNX: the operators for ${kind} models have no place for its ${classifier.calibration.method} calibration.`, {
      hint: 'Train it without calibration, or predict with its bundle.',
      details: { kind },
    });
  }
  const document = classifier.serialize();
  const classes = CLASSES.length;
  const width = featureNames.length;
  if (kind === 'gbdt') {
    const trees = readTrees(document.trees, { outputs: 1, width, smallest: -Number.MAX_VALUE, largest: Number.MAX_VALUE });
    return writeBoostedOnnx(featureNames, { objective: 'multiclass', classes, start: Float64Array.from(document.start as number[]), trees, iterations: trees.roots.length / classes }, CLASSES);
  }
  if (kind === 'random-forest' || kind === 'extra-trees') return writeForestOnnx(featureNames, { classes, trees: readTrees(document.trees, { outputs: classes, width, smallest: 0, largest: 1 }) }, CLASSES);
  if (kind === 'logistic') return writeLogisticOnnx(featureNames, document as unknown as LogisticNumbers, CLASSES);
  throw new ForecastLabError('BAD_DATA', `A model of kind ${kind} cannot be written as ONNX.`, { hint: 'These can: gbdt, random-forest, extra-trees, logistic.', details: { kind } });
}

function checkLabels(labels: readonly number[] | undefined, classes: number): readonly number[] {
  if (labels === undefined) return Array.from({ length: classes }, (_, k) => k);
  const isLabel = (label: number): boolean => Number.isInteger(label) && Math.abs(label) < 2 ** 31;
  if (!Array.isArray(labels) || labels.length !== classes || !labels.every(isLabel) || new Set(labels).size < classes) {
    throw optionError('writeOnnx', 'labels', `${classes} integers, one for each class`, Array.isArray(labels) ? labels.join(', ').slice(0, 100) : labels);
  }
  return labels;
}

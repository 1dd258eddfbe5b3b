// Reads a bundle as hostile input: sizes before parsing, every checksum, strict schema, models rebuilt from checked
// data, and parity rows that must come out bit for bit. Nothing in it is ever run.
import type { Classifier } from '../models/classifier.js';
import { restoreClassifier } from '../models/classifiers.js';
import type { WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { isForecastLabError } from '../errors.js';
import { MAX_BUNDLE_BYTES, MAX_CANDIDATES, MAX_JSON_DEPTH, MAX_META_BYTES, MAX_MODEL_BYTES } from './bundle-limits.js';
import type { BundleCandidate, BundleMeta } from './bundle-meta.js';
import { corruptBundle } from './corrupt-bundle.js';
import { isBundleFileName, META_FILE } from './file-names.js';
import { parseBundleMeta } from './meta-schema.js';
import { checkParity } from './parity.js';
import { parseJsonSafely } from './parse-json-safely.js';
import { sha256Hex } from '../bytes/sha256.js';
import { parseWalkForwardCsv } from './walk-forward-csv.js';

/** A bundle in memory, ready to predict. */
export interface Bundle {
  readonly meta: BundleMeta;
  /** sha256 of meta.json, which holds the sha256 of every other file: one number for the whole bundle. */
  readonly sha256: string;
  /** By candidate name, in the order of `meta.candidates`. */
  readonly models: ReadonlyMap<string, Classifier>;
  /** Out-of-sample predictions by candidate name; candidates without evaluation are absent. */
  readonly walkForward: ReadonlyMap<string, WalkForwardPredictions>;
}

export interface LoadBundleOptions {
  /** Refuse any other bundle. Default: take any. */
  readonly expectedSha256?: string;
  /** sha256 of bytes as 64 lower-case hex digits. Default: our own in JavaScript, which takes some 25 ms per MB; Node's takes 1. */
  readonly sha256?: (bytes: Uint8Array) => string;
}

/**
 * Loads a bundle from its files by name.
 * @throws CORRUPT naming the file and the reason
 */
export function loadBundle(files: ReadonlyMap<string, Uint8Array> | Readonly<Record<string, Uint8Array>>, options: LoadBundleOptions = {}): Bundle {
  const byName: ReadonlyMap<string, Uint8Array> = files instanceof Map ? (files as ReadonlyMap<string, Uint8Array>) : new Map(Object.entries(files));
  checkNamesAndSizes(byName);
  const metaBytes = byName.get(META_FILE);
  if (metaBytes === undefined) throw corruptBundle(META_FILE, 'it is missing');
  if (metaBytes.length > MAX_META_BYTES) throw corruptBundle(META_FILE, `it has ${metaBytes.length} bytes, at most ${MAX_META_BYTES} are expected`);
  const { sha256: sumOf = sha256Hex } = options;
  const sha256 = sumOf(metaBytes);
  if (options.expectedSha256 !== undefined && options.expectedSha256 !== sha256) {
    throw corruptBundle(META_FILE, `its sha256 is ${sha256}, expected was ${options.expectedSha256}`);
  }
  const meta = parseBundleMeta(metaBytes);
  checkFiles(meta, byName, sumOf);
  const models = new Map<string, Classifier>();
  const walkForward = new Map<string, WalkForwardPredictions>();
  for (const candidate of meta.candidates) {
    models.set(candidate.name, restoreModel(candidate, meta, byName.get(candidate.file) as Uint8Array));
    const file = candidate.walkForward?.file;
    if (file !== undefined) walkForward.set(candidate.name, parseWalkForwardCsv(byName.get(file) as Uint8Array, { file }));
  }
  checkParity(meta, models);
  return { meta, sha256, models, walkForward };
}

function checkNamesAndSizes(files: ReadonlyMap<string, Uint8Array>): void {
  // meta.json, the model card, and a model and a table for each candidate
  if (files.size > 2 + 2 * MAX_CANDIDATES) throw corruptBundle('The folder', `it holds ${files.size} files`);
  let total = 0;
  for (const [name, bytes] of files) {
    if (!isBundleFileName(name)) throw corruptBundle(JSON.stringify(name.slice(0, 100)), 'a bundle holds no file of that name');
    total += bytes.length;
  }
  if (total > MAX_BUNDLE_BYTES) throw corruptBundle('The folder', `it holds ${total} bytes, at most ${MAX_BUNDLE_BYTES} are expected`);
}

function checkFiles(meta: BundleMeta, files: ReadonlyMap<string, Uint8Array>, sumOf: (bytes: Uint8Array) => string): void {
  for (const name of files.keys()) {
    if (name !== META_FILE && !Object.hasOwn(meta.files, name)) throw corruptBundle(name, `${META_FILE} does not list it`);
  }
  for (const [name, expected] of Object.entries(meta.files)) {
    const bytes = files.get(name);
    if (bytes === undefined) throw corruptBundle(name, 'it is missing');
    if (bytes.length !== expected.bytes) throw corruptBundle(name, `it has ${bytes.length} bytes, ${META_FILE} says ${expected.bytes}`);
    if (sumOf(bytes) !== expected.sha256) throw corruptBundle(name, `its sha256 is not the one in ${META_FILE}`);
  }
}

function restoreModel(candidate: BundleCandidate, meta: BundleMeta, bytes: Uint8Array): Classifier {
  const { file } = candidate;
  const document = parseJsonSafely(bytes, { file, maxBytes: MAX_MODEL_BYTES, maxDepth: MAX_JSON_DEPTH });
  let model: Classifier;
  try {
    model = restoreClassifier(document);
  } catch (cause) {
    throw corruptBundle(file, isForecastLabError(cause) ? cause.message.replace(/\.$/, '') : 'its model cannot be restored', cause);
  }
  if (model.kind !== candidate.modelKind) throw corruptBundle(file, `it holds a ${model.kind} model, ${META_FILE} says ${candidate.modelKind}`);
  if (!isSameCalibration(model.calibration ?? { method: 'none' }, candidate.calibration)) {
    throw corruptBundle(file, `its calibration is not the one in ${META_FILE}`);
  }
  const { featureNames } = meta;
  if (model.featureNames.length !== featureNames.length || model.featureNames.some((name, i) => name !== featureNames[i])) {
    throw corruptBundle(file, `its features are not those of ${META_FILE}, in the same order`);
  }
  checkMarkets(model, candidate, meta);
  return model;
}

/** A model of several markets answers for one by its name: it must have learned from those that meta.json says, and know no other. */
function checkMarkets({ markets }: Classifier, candidate: BundleCandidate, meta: BundleMeta): void {
  if (markets === undefined) return;
  const expected = candidate.symbols?.map(({ symbol }) => symbol) ?? [meta.symbol];
  const learned = markets.symbols.filter(({ rows }) => rows > 0).map(({ symbol }) => symbol);
  const known = meta.symbols?.map(({ symbol }) => symbol) ?? [meta.symbol];
  const isSame = learned.length === expected.length && expected.every((symbol) => learned.includes(symbol)) && markets.symbols.every(({ symbol }) => known.includes(symbol));
  if (!isSame) throw corruptBundle(candidate.file, `its markets are not those of ${META_FILE}`);
}

function isSameCalibration(a: BundleCandidate['calibration'], b: BundleCandidate['calibration']): boolean {
  if (a.method === 'none' || b.method === 'none') return a.method === b.method;
  return a.method === b.method && a.folds === b.folds && a.embargoBars === b.embargoBars && a.rows === b.rows;
}

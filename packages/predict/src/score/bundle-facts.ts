// What bundles say about the candidates that they answered for, read once each; a bundle that is gone or damaged has nothing to say.
import { createHash } from 'node:crypto';
import { type BundleCandidate, type BundleMeta, type Expectation, expectationOf, isForecastLabError, type LabelProbabilities, parseBundleMeta, parseWalkForwardCsv, type WalkForwardPredictions } from '@forecastlab/core';
import { type ArtifactStore, REGISTRY_FOLDER } from '@forecastlab/core/node';

/** The facts of one bundle. */
export interface BundleFacts {
  readonly meta: BundleMeta;
  readonly sha256: string;
  candidate(name: string): BundleCandidate | undefined;
  /** Shares of the classes in the training rows of a candidate: of that market where it was one of several, else of all. */
  classShares(candidate: string, symbol: string): LabelProbabilities | null;
}

export interface BundleShelf {
  /** Of the bundle with that name; undefined when it is not there or not readable. Whether it is the very one, its sha256 tells. */
  facts(deployName: string): Promise<BundleFacts | undefined>;
  /** Reads the walk-forward rows of a bundle, so that `expectation` knows them. */
  prepare(deployName: string): Promise<void>;
  /** Of a bundle that was prepared. */
  expectation(sha256: string, candidate: string, symbols: readonly string[]): Expectation | undefined;
}

/** Reads only what is asked for. What is damaged counts as not there: scores go on without it. Throws what may pass: the system's errors, TEMPORARY. */
export function openBundleShelf(store: ArtifactStore): BundleShelf {
  const byName = new Map<string, Promise<BundleFacts | undefined>>();
  const prepared = new Map<string, { readonly facts: BundleFacts; readonly rows: ReadonlyMap<string, WalkForwardPredictions> }>();
  const memo = new Map<string, Expectation | undefined>();
  const factsOf = (deployName: string): Promise<BundleFacts | undefined> => {
    const known = byName.get(deployName) ?? readFacts(store, deployName);
    byName.set(deployName, known);
    return known;
  };
  return {
    facts: factsOf,
    async prepare(deployName) {
      const facts = await factsOf(deployName);
      if (facts === undefined || prepared.has(facts.sha256)) return;
      const rows = new Map<string, WalkForwardPredictions>();
      prepared.set(facts.sha256, { facts, rows });
      for (const candidate of facts.meta.candidates) {
        const read = await readRows(store, facts.meta, candidate);
        if (read !== undefined) rows.set(candidate.name, read);
      }
    },
    expectation(sha256, name, symbols) {
      const bundle = prepared.get(sha256);
      const candidate = bundle?.facts.candidate(name);
      if (bundle === undefined || candidate === undefined) return undefined;
      const key = `${sha256} ${name} ${symbols.join(',')}`;
      if (!memo.has(key)) memo.set(key, expectationOf(bundle.facts.meta, candidate, bundle.rows.get(name), symbols));
      return memo.get(key);
    },
  };
}

async function readFacts(store: ArtifactStore, deployName: string): Promise<BundleFacts | undefined> {
  try {
    const bytes = await store.read(`${REGISTRY_FOLDER}/${deployName}/meta.json`);
    if (bytes === undefined) return undefined;
    const meta = parseBundleMeta(bytes);
    const candidate = (name: string): BundleCandidate | undefined => meta.candidates.find((own) => own.name === name);
    return { meta, sha256: sha256Of(bytes), candidate, classShares: (name, symbol) => sharesOf(candidate(name), symbol) };
  } catch (error) {
    throwOnUnlessDamage(error);
    return undefined;
  }
}

async function readRows(store: ArtifactStore, meta: BundleMeta, { walkForward }: BundleCandidate): Promise<WalkForwardPredictions | undefined> {
  if (walkForward === null) return undefined;
  try {
    const bytes = await store.read(`${REGISTRY_FOLDER}/${meta.deployName}/${walkForward.file}`);
    if (bytes === undefined || sha256Of(bytes) !== meta.files[walkForward.file]?.sha256) return undefined;
    return parseWalkForwardCsv(bytes, { file: walkForward.file });
  } catch (error) {
    throwOnUnlessDamage(error);
    return undefined;
  }
}

/** Without a zero, as the baseline of evaluations: a class that is absent from n rows gets 1 / (n + 3). */
function sharesOf(candidate: BundleCandidate | undefined, symbol: string): LabelProbabilities | null {
  if (candidate === undefined) return null;
  const { rows, classCounts } = candidate.symbols?.find((market) => market.symbol === symbol) ?? candidate;
  const floor = 1 / (rows + 3);
  const absent = classCounts.filter((count) => count === 0).length;
  const [down, neutral, up] = classCounts.map((count) => (count === 0 ? floor : (count / rows) * (1 - absent * floor)));
  return { '-1': down, '0': neutral, '1': up };
}

/** A disk or a store that fails says nothing about the file: what would be written without it stays written. */
export function throwOnUnlessDamage(error: unknown): void {
  if (!isForecastLabError(error) || error.code === 'TEMPORARY' || error.code === 'INTERRUPTED') throw error;
}

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

// What bundles say about the candidates that they answered for, read once each; a bundle that is gone or damaged has nothing to say, one that
// cannot be read at the moment is an error.
import { createHash } from 'node:crypto';
import { type BundleCandidate, type BundleMeta, type Expectation, expectationOf, type LabelProbabilities, parseBundleMeta, parseWalkForwardCsv, type WalkForwardPredictions, type WantedExpectation } from '@forecastlab/core';
import { type ArtifactStore, REGISTRY_FOLDER } from '@forecastlab/core/node';
import { isDamage } from './is-damage.js';

/** The facts of one bundle. */
export interface BundleFacts {
  readonly meta: BundleMeta;
  readonly sha256: string;
  candidate(name: string): BundleCandidate | undefined;
  /** Shares of the classes in the training rows of a candidate: of that market where it was one of several, else of all. */
  classShares(candidate: string, symbol: string): LabelProbabilities | null;
}

export interface BundleShelf {
  /** Of the bundle with that name; undefined when it is not there or damaged. Whether it is the very one, its sha256 tells. Throws what may pass: a failing disk, TEMPORARY. */
  facts(deployName: string): Promise<BundleFacts | undefined>;
  /** Reads the walk-forward rows of a bundle and keeps what they lead to expect, not the rows: of many bundles they are many. Throws as `facts`. */
  prepare(deployName: string, wanted: readonly Pick<WantedExpectation, 'candidate' | 'symbols'>[]): Promise<void>;
  /** Of a bundle that was prepared for it. */
  expectation(sha256: string, candidate: string, symbols: readonly string[]): Expectation | undefined;
}

/** Reads only what is asked for. What is damaged counts as not there: scores go on without it. */
export function openBundleShelf(store: ArtifactStore): BundleShelf {
  const byName = new Map<string, Promise<BundleFacts | undefined>>();
  const memo = new Map<string, Expectation | undefined>();
  const factsOf = (deployName: string): Promise<BundleFacts | undefined> => {
    const known = byName.get(deployName) ?? readFacts(store, deployName);
    byName.set(deployName, known);
    return known;
  };
  return {
    facts: factsOf,
    async prepare(deployName, wanted) {
      const facts = await factsOf(deployName);
      for (const candidate of facts?.meta.candidates ?? []) {
        const own = wanted.filter((want) => want.candidate === candidate.name);
        if (facts === undefined || own.length === 0) continue;
        const rows = await readRows(store, facts.meta, candidate);
        for (const { symbols } of own) memo.set(memoKey(facts.sha256, candidate.name, symbols), expectationOf(facts.meta, candidate, rows, symbols));
      }
    },
    expectation: (sha256, name, symbols) => memo.get(memoKey(sha256, name, symbols)),
  };
}

const memoKey = (sha256: string, name: string, symbols: readonly string[]): string => `${sha256} ${name} ${symbols.join(',')}`;

async function readFacts(store: ArtifactStore, deployName: string): Promise<BundleFacts | undefined> {
  try {
    const bytes = await store.read(`${REGISTRY_FOLDER}/${deployName}/meta.json`);
    if (bytes === undefined) return undefined;
    const meta = parseBundleMeta(bytes);
    const candidate = (name: string): BundleCandidate | undefined => meta.candidates.find((own) => own.name === name);
    return { meta, sha256: sha256Of(bytes), candidate, classShares: (name, symbol) => sharesOf(candidate(name), symbol) };
  } catch (error) {
    if (!isDamage(error)) throw error;
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
    if (!isDamage(error)) throw error;
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

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

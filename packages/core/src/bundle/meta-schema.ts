// The schema of meta.json: strict about types, open to fields of later releases.
import { z } from 'zod';
import { answerReferenceSchema } from '../drift/answer-schema.js';
import { distributionReferenceSchema } from '../drift/reference-schema.js';
import { isMarketSymbol } from '../klines/market-symbol.js';
import { parseCandidate } from '../labels/candidate.js';
import { LABEL_OPTION_VALUES } from '../labels/label-options.js';
import { calibrationSummarySchema } from '../models/calibration/calibration-schema.js';
import type { Scores } from '../validation/walk-forward/walk-forward-evaluation.js';
import { MAX_CANDIDATES, MAX_JSON_DEPTH, MAX_META_BYTES, MAX_PARITY_ROWS, MAX_SYMBOLS } from './bundle-limits.js';
import { BUNDLE_SCHEMA_VERSION, BUNDLE_SCHEMA_VERSIONS, type BundleCandidate, type BundleEvidence, type BundleMeta, type BundleWalkForward, CONSISTENCIES } from './bundle-meta.js';
import { corruptBundle } from './corrupt-bundle.js';
import { isDeployName } from './deploy-name.js';
import { isBundleFileName, isCandidateName, META_FILE, MODEL_CARD_FILE, modelFileName, walkForwardFileName } from './file-names.js';
import { ForecastLabError } from '../errors.js';
import { parseJsonSafely } from './parse-json-safely.js';

const MAX_FEATURES = 10_000;
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const text = z.string().max(10_000);
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/, 'must be a UTC time').refine((value) => !Number.isNaN(Date.parse(value)), 'must be a UTC time');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256');
const probability = z.number().min(0).max(1);
const counts3 = z.tuple([count, count, count]);

const scores: z.ZodType<Scores> = z.object({
  accuracy: probability,
  precision: probability,
  recall: probability,
  f1: probability,
  balancedAccuracy: probability,
  confusion: z.array(z.array(count).length(3)).length(3),
  rows: count,
  predictedCounts: z.array(count).length(3),
  logLoss: z.number().nullable(),
  brier: z.number().nullable(),
  rocAuc: probability.nullable().optional(),
  calibrationError: probability.nullable().optional(),
  matthewsCorrelation: z.number().nullable().optional(),
});

const baselineName = z.enum(['prior', 'recent', 'last-label', 'look-back', 'random', 'equal-chances', 'shuffled-labels', 'volatility', 'volatility-recipe']);
const skill = z.object({ skill: z.number(), interval: z.tuple([z.number(), z.number()]).nullable(), blockLength: count, rows: count });

const groups = z.array(z.object({ name: text, rows: count, logLoss: z.number(), touched: probability, againstClassShares: skill, againstVolatility: skill.nullable(), isWorse: z.boolean() })).max(MAX_SYMBOLS);
const evidence: z.ZodType<BundleEvidence> = z.object({
  times: count,
  comparisons: z.array(z.object({ name: text, role: z.enum(['model', 'member', 'baseline']), skill })).max(100),
  bestMember: text.nullable(),
  parts: z.array(z.object({ against: text, touch: skill, side: skill })).max(10),
  bySymbol: groups,
});

const walkForward: z.ZodType<BundleWalkForward> = z.object({
  isPurged: z.boolean(),
  folds: count,
  firstTestOpenTime: time,
  lastTestOpenTime: time,
  model: scores,
  baselines: z.array(z.object({ name: baselineName, scores, modelSkill: skill.optional() })).max(100),
  skill,
  brierSkill: skill.optional(),
  superiority: z
    .object({ pValue: probability.nullable(), adjustedPValue: probability.nullable(), trials: count, bestBaseline: baselineName, hardestBaseline: baselineName, gain: z.number(), skillAgainstBest: skill })
    .optional(),
  evidence: evidence.optional(),
  verdict: z.object({ hasSkill: z.boolean(), sentence: text }),
  file: z.string(),
});

const featureReferences = z.array(z.object({ name: z.string(), missingShare: probability, quantiles: z.array(z.number()).length(11).nullable() })).max(MAX_FEATURES);
const marketSymbol = z.string().refine(isMarketSymbol, 'must be a market such as BTCUSDT');
const data = z.object({ source: text, synthetic: z.boolean(), fingerprint: sha256, rows: count, firstOpenTime: time, lastOpenTime: time, file: text.nullable() });

const candidate: z.ZodType<BundleCandidate> = z
  .object({
    name: z.string().refine(isCandidateName, 'must be a candidate such as T21_X8'),
    T: z.number().int().positive(),
    X: z.number().positive().optional(),
    V: z.number().positive().optional(),
    labelOptions: z.object({ window: z.enum(LABEL_OPTION_VALUES.window), tieBreak: z.enum(LABEL_OPTION_VALUES.tieBreak), touch: z.enum(LABEL_OPTION_VALUES.touch) }),
    file: z.string(),
    modelKind: z.enum(['gbdt', 'random-forest', 'extra-trees', 'logistic', 'prior', 'ml-random-forest', 'mlp', 'gru', 'two-part', 'log-pool', 'tuned']),
    params: z.record(z.string(), z.unknown()),
    rows: count,
    classCounts: counts3,
    firstOpenTime: time,
    lastOpenTime: time,
    symbols: z.array(z.object({ symbol: marketSymbol, rows: count, classCounts: counts3, firstOpenTime: time, lastOpenTime: time })).max(MAX_SYMBOLS).optional(),
    boundFeatures: featureReferences.optional(),
    answers: answerReferenceSchema.optional(),
    walkForward: walkForward.nullable(),
    calibration: z.union([z.object({ method: z.literal('none') }), calibrationSummarySchema]),
  })
  .refine((c) => isNamedAfter(c), 'name must agree with T and X, or T and V')
  .refine((c) => c.file === modelFileName(c.name) && (c.walkForward === null || c.walkForward.file === walkForwardFileName(c.name)), 'file must be named after the candidate')
  .refine((c) => c.symbols === undefined || c.symbols.reduce((sum, { rows }) => sum + rows, 0) === c.rows, 'the rows of the symbols must add up to rows')
  .refine((c) => c.classCounts[0] + c.classCounts[1] + c.classCounts[2] === c.rows, 'classCounts must add up to rows');

const meta: z.ZodType<BundleMeta> = z
  .object({
    schemaVersion: z.literal(BUNDLE_SCHEMA_VERSIONS),
    deployName: z.string().refine(isDeployName, 'must be the name of a bundle'),
    createdAt: time,
    gitCommit: text.nullable(),
    symbol: text.min(1),
    interval: text.min(1),
    data,
    symbols: z.array(data.extend({ symbol: marketSymbol })).min(1).max(MAX_SYMBOLS).optional(),
    leader: z.object({ symbol: marketSymbol, fingerprint: sha256 }).optional(),
    training: z.object({ firstOpenTime: time, lastOpenTime: time, cutOff: time, window: count.optional() }),
    featureSet: text.min(1),
    featureSetVersion: text.min(1),
    featureNames: z.array(z.string().min(1).max(200)).min(1).max(MAX_FEATURES),
    candidates: z.array(candidate).min(1).max(MAX_CANDIDATES),
    consistency: z.enum(CONSISTENCIES).optional(),
    driftReference: z.object({
      rows: count,
      features: featureReferences,
      distribution: distributionReferenceSchema.optional(),
    }),
    parity: z.array(z.object({ inputs: z.array(z.number().nullable()), expected: z.array(z.tuple([probability, probability, probability])), symbol: text.optional() })).min(1).max(MAX_PARITY_ROWS),
    versions: z.object({ forecastlab: text, node: text, dependencies: z.record(z.string(), text) }),
    seed: z.number().int().min(0).max(0xffffffff),
    files: z.record(
      z.string().refine((name) => isBundleFileName(name) && name !== META_FILE, 'must be a file of a bundle'),
      z.object({ sha256, bytes: count }),
    ),
  })
  .refine((m) => new Set(m.featureNames).size === m.featureNames.length, 'featureNames must be unique')
  .refine((m) => new Set(m.candidates.map((c) => c.name)).size === m.candidates.length, 'candidates must be unique')
  .refine((m) => m.symbols === undefined || (m.symbols[0]?.symbol === m.symbol && new Set(m.symbols.map((s) => s.symbol)).size === m.symbols.length), 'symbols must be unique and begin with symbol')
  .refine((m) => m.candidates.every((c) => (c.symbols ?? []).every((s) => m.symbols?.some((own) => own.symbol === s.symbol))), 'the symbols of candidates must be among those of the bundle')
  .refine((m) => m.driftReference.features.length === m.featureNames.length && m.driftReference.features.every((f, i) => f.name === m.featureNames[i]), 'driftReference must list every feature in order')
  .refine((m) => (m.driftReference.distribution?.names ?? []).every((name) => m.featureNames.includes(name)), 'driftReference.distribution must name features of the bundle')
  .refine((m) => m.parity.every((row) => row.inputs.length === m.featureNames.length && row.expected.length === m.candidates.length), 'parity rows must have a number per feature and probabilities per candidate')
  .refine((m) => isSameSet(Object.keys(m.files), [...(m.schemaVersion === 1 ? [] : [MODEL_CARD_FILE]), ...m.candidates.flatMap((c) => (c.walkForward === null ? [c.file] : [c.file, c.walkForward.file]))]), 'files must list the model card and the files of the candidates, and nothing else');

/** The pattern of file names lets a horizon of 99999 bars through, which is none. */
function isKnownName(name: string): boolean {
  try {
    parseCandidate(name);
    return true;
  } catch {
    return false;
  }
}

/** Bundles hold one of X and V, the one that the name has. */
function isNamedAfter({ name, T, X, V }: Pick<BundleCandidate, 'name' | 'T' | 'X' | 'V'>): boolean {
  if (!isKnownName(name)) return false;
  const named = parseCandidate(name);
  return named.T === T && named.V === V && (named.X === undefined ? X === undefined : X !== undefined && Math.abs(named.X - X) < 1e-11);
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && b.every((item) => a.includes(item));
}

/** Reads meta.json alone, for lists. Throws CORRUPT with the reason; a bundle of a newer release is named as such. */
export function parseBundleMeta(bytes: Uint8Array): BundleMeta {
  const document = parseJsonSafely(bytes, { file: META_FILE, maxBytes: MAX_META_BYTES, maxDepth: MAX_JSON_DEPTH });
  const version: unknown = typeof document === 'object' && document !== null && 'schemaVersion' in document ? document.schemaVersion : undefined;
  if (typeof version === 'number' && version > BUNDLE_SCHEMA_VERSION) {
    throw new ForecastLabError('CORRUPT', `${META_FILE} of the bundle has schema version ${version}; this release reads up to ${BUNDLE_SCHEMA_VERSION}.`, {
      hint: 'The bundle was made by a newer release of ForecastLab: update this one.',
      details: { file: META_FILE, schemaVersion: version },
    });
  }
  const result = meta.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.map(String).join('.') ?? '';
  throw corruptBundle(META_FILE, `${place === '' ? '' : `${place}: `}${issue?.message ?? 'unreadable'}`);
}

// MODEL_CARD.md of a bundle: in plain words what was found, on what, and what was not. Made from meta.json alone, so that the two never
// disagree. (Mitchell et al. 2019, Model Cards for Model Reporting, https://doi.org/10.1145/3287560.3287596.)
import { BASELINE_WORDS } from '../validation/skill/skill-verdict.js';
import type { SkillInterval } from '../validation/skill/block-bootstrap.js';
import type { BundleCandidate, BundleMeta, BundleWalkForward } from './bundle-meta.js';
import { candidateVerdict } from './candidate-verdict.js';

/** What the card is made of: meta.json but for the files, of which the card is one, and the time, which makes no other bundle. */
export type CardMeta = Omit<BundleMeta, 'files' | 'parity' | 'driftReference' | 'createdAt'>;

/**
 * The card as Markdown.
 * @example formatModelCard(bundle.meta)
 */
export function formatModelCard(meta: CardMeta): string {
  return `${[
    `# ${meta.deployName}`,
    ...((meta.symbols ?? [meta.data]).some(({ synthetic }) => synthetic) ? [`**${(meta.symbols ?? [meta.data]).every(({ synthetic }) => synthetic) ? 'The prices are synthetic: nothing here is about a real market.' : 'Some of the prices are synthetic: the scores of all markets together tell little about real ones.'}**`] : []),
    summaryOf(meta),
    '## What it answers',
    list(meta.candidates.map((candidate) => `**${candidate.name}**: ${questionOf(candidate)}`)),
    '## What was found',
    list(meta.candidates.map(findingOf)),
    '## What was not found, and what nobody looked for',
    list(limitsOf(meta)),
    '## On what',
    list(dataOf(meta)),
    '## How it was tested',
    list(testsOf(meta)),
    '## How it was made',
    list(makingOf(meta)),
  ].join('\n\n')}\n`;
}

function summaryOf({ candidates }: CardMeta): string {
  const skilled = candidates.filter((candidate) => candidateVerdict(candidate).hasSkill).map(({ name }) => name);
  if (skilled.length === 0) return 'No measurable skill was found for any of its answers: they may be read, but none is shown to be better than every rule that needs no such model, allowing for all that was tried.';
  if (skilled.length === candidates.length) return `Its answers ${skilled.length === 1 ? 'are' : 'are all'} measurably better than class shares and every other rule that needs no such model. That is not to say that they earn money.`;
  return `Measurably better than class shares and every other rule that needs no such model ${skilled.length === 1 ? 'is' : 'are'} ${skilled.join(', ')}; the others show no skill. That is not to say that any of them earns money.`;
}

function questionOf({ T, X, V, labelOptions }: BundleCandidate): string {
  const move = V === undefined ? percent(X ?? Number.NaN) : `${V === 1 ? '' : `${V} times `}the move that volatility lets expect in ${T} bars (volatility times the square root of ${T}, as known at the bar)`;
  const touch = labelOptions.touch === 'close' ? 'closing prices count' : 'highs and lows count';
  const flaw = labelOptions.window === 'trailing' ? ' The labels look back and are flawed: nearly all of each is known at its own bar.' : '';
  return `within ${T} bars, does the price first rise or fall by ${move}, or do neither? (${touch})${flaw}`;
}

function findingOf(candidate: BundleCandidate): string {
  const { walkForward } = candidate;
  const { sentence } = candidateVerdict(candidate);
  if (walkForward === null) return `**${candidate.name}**: ${sentence}`;
  const others = walkForward.baselines.filter(({ name, modelSkill }) => name !== 'prior' && modelSkill !== undefined && ['volatility', 'volatility-recipe', 'recent', 'last-label', 'equal-chances'].includes(name));
  const against = others.map(({ name, modelSkill }) => `${skillText(modelSkill as SkillInterval)} against ${BASELINE_WORDS[name]}`);
  const groups = walkForward.evidence?.bySymbol ?? [];
  const bySymbol = groups.length === 0 ? '' : ` By market, against its class shares: ${groups.map(({ name, againstClassShares }) => `${name} ${skillText(againstClassShares)}`).join('; ')}.`;
  return `**${candidate.name}**: ${sentence}${bySymbol}${against.length === 0 || groups.length > 0 ? '' : ` Skill ${against.join('; ')}.`}`;
}

/** Markets on which a candidate of several was measurably worse than class shares. */
function worseOf({ candidates }: CardMeta): string[] {
  return candidates.flatMap(({ name, walkForward }) => {
    const worse = walkForward?.evidence?.bySymbol.filter(({ isWorse }) => isWorse) ?? [];
    return worse.length === 0 ? [] : [`${name} is measurably worse than class shares on ${worse.map((group) => group.name).join(', ')}.`];
  });
}

function limitsOf(meta: CardMeta): string[] {
  const { candidates, interval } = meta;
  const unskilled = candidates.filter((candidate) => !candidateVerdict(candidate).hasSkill).map(({ name }) => name);
  return [
    ...(unskilled.length === 0 ? [] : [`No skill is shown for ${unskilled.join(', ')}.`]),
    ...worseOf(meta),
    'Whether acting on the answers would earn anything after costs is not told by skill: `forecastlab-train evidence` studies that separately.',
    `Nothing was tested on bars other than ${interval}, on other markets than those below, or on bars after the last test row.`,
    'Where such models show skill, most of it is knowing whether the barrier is near in units of volatility. Which side comes first is hardly known.',
    'A market that changes its nature makes these numbers old: compare the scorecard of live predictions with them.',
  ];
}

function dataOf(meta: CardMeta): string[] {
  const { symbol: first, interval, data: own, training, leader } = meta;
  return [
    ...(meta.symbols ?? [{ symbol: first, ...own }]).map(({ symbol, ...data }) => `${symbol} ${interval}: ${data.rows} bars from ${day(data.firstOpenTime)} to ${day(data.lastOpenTime)}, source ${data.source}, sha256 ${data.fingerprint.slice(0, 16)}…`),
    ...(leader === undefined ? [] : [`Some features follow ${leader.symbol}: its bars are needed for predictions of other markets.`]),
    `Trained on bars from ${day(training.firstOpenTime)} to ${day(training.lastOpenTime)}; labels looked at bars up to ${day(training.cutOff)}.`,
    ...meta.candidates.map(({ name, rows, classCounts: [down, neither, up] }) => `${name}: ${rows} training rows, of which ${share(down, rows)} fell first, ${share(up, rows)} rose first, ${share(neither, rows)} did neither.`),
    ...(meta.symbols === undefined ? [] : ['One model for all markets: what tells them apart are the features and the class shares of each. A market that is not among them is answered with the class shares of all, and marked.']),
  ];
}

function testsOf({ candidates }: CardMeta): string[] {
  const tested = candidates.flatMap(({ name, walkForward }) => (walkForward === null ? [] : [describeTest(name, walkForward)]));
  return [
    ...tested,
    'Everything that is fitted was fitted inside each fold on rows before the test; rows whose label reached into the test were left out.',
    'Intervals are 95 % block-bootstrap intervals that allow for overlapping labels.',
  ];
}

function describeTest(name: string, { folds, firstTestOpenTime, lastTestOpenTime, model, isPurged, superiority }: BundleWalkForward): string {
  const tried = superiority === undefined ? '' : ` The verdict allows for ${superiority.trials} trials.`;
  return `${name}: ${folds} walk-forward folds, ${model.rows} test rows from ${day(firstTestOpenTime)} to ${day(lastTestOpenTime)}${isPurged ? '' : ', NOT purged'}.${tried}`;
}

function makingOf(meta: CardMeta): string[] {
  const { consistency = 'none', featureSet, featureSetVersion, featureNames, candidates, seed, versions, gitCommit } = meta;
  return [
    `Features: ${featureSet} (${featureNames.length}, version ${featureSetVersion}).`,
    ...candidates.map(({ name, modelKind, params, calibration }) => `${name}: model ${modelKind}, calibration ${calibration.method}, settings \`${JSON.stringify(params)}\`.`),
    ...(consistency === 'none' ? [] : ['Its answers of a day are made to agree: a smaller barrier or a longer horizon is never less likely to be touched. A prediction keeps what its model said where that was changed. The scores are those of the models before that.']),
    `Seed ${seed}, ForecastLab ${versions.forecastlab}, Node ${versions.node}${gitCommit === null ? '' : `, commit ${gitCommit}`}.`,
  ];
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
const day = (isoTime: string): string => isoTime.slice(0, 10);
const share = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;
const percent = (value: number): string => `${Number((100 * value).toPrecision(12))} %`;

function skillText({ skill, interval }: SkillInterval): string {
  const text = (value: number): string => `${(100 * value).toFixed(1)} %`;
  return interval === null ? text(skill) : `${text(skill)} (95 % interval ${text(interval[0])} to ${text(interval[1])})`;
}

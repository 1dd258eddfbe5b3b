// A bundle for people: one line per candidate with the score beside its baseline and interval, then the verdicts in words.
import { type BundleCandidate, type BundleMeta, candidateVerdict, isFlawed, type SkillInterval } from '@forecastlab/core';
import { formatTable } from '@forecastlab/core/node';

/** The table of candidates and one verdict sentence each; says what is synthetic and what is flawed. */
export function formatBundle(meta: BundleMeta): string {
  const { data, training } = meta;
  const lines = [
    `${meta.deployName} · ${marketsInWords(meta)} ${meta.interval}${(meta.symbols ?? [data]).some(({ synthetic }) => synthetic) ? ' (synthetic)' : ''} · features ${meta.featureSet} · trained on ${day(training.firstOpenTime)} to ${day(training.lastOpenTime)}, cut-off ${day(training.cutOff)}`,
    '',
    formatTable(meta.candidates, [
      { header: 'candidate', value: ({ name }) => name },
      { header: 'model', value: ({ modelKind, calibration }) => (calibration.method === 'none' ? modelKind : `${modelKind}, ${calibration.method}`) },
      { header: 'rows', value: ({ rows }) => rows },
      { header: 'down', value: ({ classCounts }) => classCounts[0] },
      { header: 'neither', value: ({ classCounts }) => classCounts[1] },
      { header: 'up', value: ({ classCounts }) => classCounts[2] },
      { header: 'log loss', value: ({ walkForward }) => loss(walkForward?.model.logLoss), align: 'right' },
      { header: 'of prior', value: ({ walkForward }) => loss(walkForward?.baselines.find(({ name }) => name === 'prior')?.scores.logLoss), align: 'right' },
      { header: 'best baseline', value: bestBaselineOf, align: 'right' },
      { header: 'skill', value: ({ walkForward }) => percent(walkForward?.skill.skill), align: 'right' },
      { header: '95 % interval', value: intervalOf, align: 'right' },
    ]),
    '',
  ];
  for (const candidate of meta.candidates) lines.push(`${candidate.name}: ${candidateVerdict(candidate).sentence}`);
  const symbols = symbolTable(meta);
  if (symbols !== '') lines.push('', symbols);
  if (meta.candidates.some(({ V }) => V !== undefined)) lines.push('', EXPECTED_MOVE);
  return lines.join('\n');
}

const EXPECTED_MOVE = 'V counts expected moves: volatility of one bar (exponentially weighted, decay 0.94) times the square root of T, as known at the bar.';

/** `BTCUSDT`, or `6 markets (BTCUSDT, ETHUSDT, …)`. */
export function marketsInWords({ symbol, symbols }: Pick<BundleMeta, 'symbol' | 'symbols'>): string {
  return symbols === undefined ? symbol : `${symbols.length} markets (${symbols.map((market) => market.symbol).join(', ')})`;
}

/** Of several markets: training rows and skill of each. */
function symbolTable({ candidates, symbols }: BundleMeta): string {
  if (symbols === undefined) return '';
  const rows = candidates.flatMap((candidate) => (candidate.symbols ?? []).map((market) => ({ candidate, market, group: candidate.walkForward?.evidence?.bySymbol.find(({ name }) => name === market.symbol) })));
  return formatTable(rows, [
    { header: 'candidate', value: ({ candidate }) => candidate.name },
    { header: 'market', value: ({ market }) => market.symbol },
    { header: 'rows', value: ({ market }) => market.rows },
    { header: 'from', value: ({ market }) => day(market.firstOpenTime) },
    { header: 'to', value: ({ market }) => day(market.lastOpenTime) },
    { header: 'down', value: ({ market }) => market.classCounts[0] },
    { header: 'neither', value: ({ market }) => market.classCounts[1] },
    { header: 'up', value: ({ market }) => market.classCounts[2] },
    { header: 'skill', value: ({ group }) => percent(group?.againstClassShares.skill), align: 'right' },
    { header: '95 % interval', value: ({ group }) => rangeOf(group?.againstClassShares), align: 'right' },
    { header: 'against volatility', value: ({ group }) => percent(group?.againstVolatility?.skill), align: 'right' },
  ]);
}

/** Skill in a word, for lists: flawed labels show none, whatever they score. */
export function skillWord(candidate: BundleCandidate): 'yes' | 'none shown' | 'flawed labels' {
  if (isFlawed(candidate.labelOptions)) return 'flawed labels';
  return candidateVerdict(candidate).hasSkill ? 'yes' : 'none shown';
}

const intervalOf = ({ walkForward }: BundleCandidate): string => rangeOf(walkForward?.skill);

function rangeOf(skill: SkillInterval | undefined): string {
  const interval = skill?.interval;
  return interval == null ? '-' : `${percent(interval[0])} to ${percent(interval[1])}`;
}

/** The baseline of lowest log loss, if the bundle is of a time that tells. */
function bestBaselineOf({ walkForward }: BundleCandidate): string {
  const name = walkForward?.superiority?.bestBaseline;
  return name === undefined ? '-' : `${name} ${loss(walkForward?.baselines.find((baseline) => baseline.name === name)?.scores.logLoss)}`;
}

const day = (isoTime: string): string => isoTime.slice(0, 10);
const loss = (value: number | null | undefined): string => (value == null ? '-' : value.toFixed(3));
const percent = (share: number | undefined): string => (share === undefined ? '-' : `${(100 * share).toFixed(1)} %`.replace(/^-0\.0 /, '0.0 '));

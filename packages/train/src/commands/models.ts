// forecastlab-train models …: the published bundles and which of them is active.
import { isFlawed } from '@forecastlab/core';
import { type CommandContext, defineCommand, formatTable, type ModelRegistry, openModelRegistry, openStore, option, type PromotionResult } from '@forecastlab/core/node';
import { formatBundle, marketsInWords, skillWord } from '../format-bundle.js';

const NAME = { name: option.string({ describe: 'Name of a bundle, as models list shows it.', required: true }) } as const;
const WHY = option.string({ describe: 'The reason, for the history.', default: 'by hand', placeholder: 'TEXT' });

const registryOf = async (context: Pick<CommandContext, 'store' | 'env'>): Promise<ModelRegistry> => openModelRegistry(await openStore(context.store, context));

const sayPromotion = ({ status, from, to, mended }: PromotionResult): string =>
  `${mended === undefined ? '' : `${mended}\n`}${status === 'unchanged' ? `${to} is active already; nothing was changed.` : `${to} is active now; before: ${from ?? 'none'}.`}`;

/** What is wrong with the registry's files, as warnings: a list is made of what can be read. */
async function warnOfProblems(registry: ModelRegistry, context: { log(text: string): void }): Promise<void> {
  for (const problem of await registry.problems()) context.log(`warning: ${problem}`);
}

export const modelsList = defineCommand({
  path: ['models', 'list'],
  summary: 'List the published bundles, newest first',
  examples: ['models list', 'models list --json'],
  options: {},
  async run(_options, context) {
    const registry = await registryOf(context);
    await warnOfProblems(registry, context);
    const entries = await registry.list();
    const text = formatTable(entries, [
      { header: '', value: ({ isActive }) => (isActive ? '*' : ' ') },
      { header: 'name', value: ({ name }) => name },
      { header: 'market', value: ({ meta }) => (meta === null ? '-' : `${marketsInWords(meta)} ${meta.interval}${meta.data.synthetic ? ' synthetic' : ''}`) },
      { header: 'created', value: ({ meta }) => meta?.createdAt.slice(0, 16).replace('T', ' ') ?? '-' },
      { header: 'cut-off', value: ({ meta }) => meta?.training.cutOff.slice(0, 10) ?? '-' },
      { header: 'skill', value: ({ meta, problem }) => problem ?? meta?.candidates.map((candidate) => `${candidate.name} ${skillWord(candidate)}`).join(', ') ?? '-' },
    ]);
    const json = entries.map(({ name, isActive, meta, problem }) => ({
      name,
      isActive,
      problem,
      symbol: meta?.symbol ?? null,
      symbols: meta === null ? null : (meta.symbols?.map(({ symbol }) => symbol) ?? [meta.symbol]),
      interval: meta?.interval ?? null,
      synthetic: meta?.data.synthetic ?? null,
      createdAt: meta?.createdAt ?? null,
      cutOff: meta?.training.cutOff ?? null,
      candidates: meta?.candidates.map((candidate) => ({ name: candidate.name, modelKind: candidate.modelKind, hasSkill: skillWord(candidate) === 'yes', isFlawed: isFlawed(candidate.labelOptions) })) ?? [],
    }));
    return { json, text: entries.length === 0 ? 'No bundle is published here yet: forecastlab-train bundle makes one.' : text };
  },
});

export const modelsShow = defineCommand({
  path: ['models', 'show'],
  summary: 'Describe one bundle: scores, baselines, verdicts',
  examples: ['models show flow_T21X8_T14X8_20250131'],
  positionals: NAME,
  options: {},
  async run({ name }, context) {
    const shown = await (await registryOf(context)).show(name);
    const { parity: _parity, ...meta } = shown.meta;
    return { json: { ...shown, meta }, text: `${formatBundle(shown.meta)}\n\n${shown.isActive ? 'active' : 'not active'} · made ${meta.createdAt} by ForecastLab ${meta.versions.forecastlab}${meta.gitCommit === null ? '' : ` (${meta.gitCommit.slice(0, 10)})`} · sha256 ${shown.sha256}` };
  },
});

export const modelsActivate = defineCommand({
  path: ['models', 'activate'],
  summary: 'Verify a bundle and make it the active one',
  examples: ['models activate flow_T21X8_T14X8_20250131 --why "retrained"'],
  positionals: NAME,
  options: { why: WHY },
  async run({ name, why }, context) {
    const result = await (await registryOf(context)).activate(name, { why, nowMs: context.nowMs() });
    return { json: result, text: sayPromotion(result) };
  },
});

export const modelsRollback = defineCommand({
  path: ['models', 'rollback'],
  summary: 'Make the bundle before the active one active again',
  examples: ['models rollback --why "worse live"'],
  options: { why: WHY },
  async run({ why }, context) {
    const result = await (await registryOf(context)).rollback({ why, nowMs: context.nowMs() });
    return { json: result, text: sayPromotion(result) };
  },
});

export const modelsVerify = defineCommand({
  path: ['models', 'verify'],
  summary: 'Check every checksum, the schema and the parity rows of a bundle',
  examples: ['models verify flow_T21X8_T14X8_20250131'],
  positionals: NAME,
  options: {},
  async run({ name }, context) {
    const { meta, sha256 } = await (await registryOf(context)).verify(name);
    const files = Object.keys(meta.files).length + 1;
    return { json: { name, ok: true, sha256, files, parityRows: meta.parity.length }, text: `${name}: ${files} files, ${meta.parity.length} parity rows, all as they should be (sha256 ${sha256}).` };
  },
});

export const modelsHistory = defineCommand({
  path: ['models', 'history'],
  summary: 'Every activation, rollback and declined challenger, oldest first',
  examples: ['models history'],
  options: {},
  async run(_options, context) {
    const registry = await registryOf(context);
    await warnOfProblems(registry, context);
    const history = await registry.history();
    const text = formatTable(history, [
      { header: 'when', value: ({ when }) => when },
      { header: 'what', value: ({ action }) => action },
      { header: 'bundle', value: ({ to }) => to },
      { header: 'active', value: ({ action, from, to }) => (action === 'decline' ? `${from ?? 'none'} stays` : from === null ? to : `${from} → ${to}`) },
      { header: 'why', value: ({ why }) => why },
    ]);
    return { json: history, text: history.length === 0 ? 'Nothing was ever activated here.' : text };
  },
});

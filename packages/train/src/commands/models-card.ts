// forecastlab-train models card: what was found, on what, and what was not.
import { formatModelCard } from '@forecastlab/core';
import { defineCommand, openModelRegistry, openStore, option } from '@forecastlab/core/node';

export const modelsCard = defineCommand({
  path: ['models', 'card'],
  summary: 'Print the model card of a bundle: what was found, on what, and what was not',
  description: 'Prints the card as Markdown, as it lies in the bundle as MODEL_CARD.md. It is made of meta.json alone, so bundles of earlier versions, which have no such file, get one too. The bundle is verified first.',
  examples: ['models card flow_T21X8_T14X8_20250131', 'models card flow_T21X8_T14X8_20250131 --json'],
  positionals: { name: option.string({ describe: 'Name of a bundle, as models list shows it.', required: true }) },
  options: {},
  async run({ name }, context) {
    const { meta } = await openModelRegistry(await openStore(context.store, context)).verify(name);
    const text = formatModelCard(meta);
    return { json: { name, text }, text: text.trimEnd() };
  },
});

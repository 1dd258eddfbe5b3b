// forecastlab-train models export: a model of a bundle for other programs.
import { defineCommand, openModelRegistry, openStore, option } from '@forecastlab/core/node';
import { EXPORT_FORMATS, exportModel } from '../export-model.js';

export const modelsExport = defineCommand({
  path: ['models', 'export'],
  summary: 'Write a model of a bundle as an ONNX file',
  description:
    'Writes the model of one candidate for onnxruntime and the like: input `features`, float32 [rows × features] in the order of the metadata `feature_names`, NaN where missing; outputs `label` (-1, 0, 1) and `probabilities` (down, neither, up). Kinds gbdt, random-forest, extra-trees and logistic, without calibration. The bundle is verified first.',
  examples: ['models export flow_T21X8_T14X8_20250131 --candidate T21_X8 --out T21_X8.onnx'],
  positionals: { name: option.string({ describe: 'Name of a bundle, as models list shows it.', required: true }) },
  options: {
    candidate: option.string({ describe: 'Candidate whose model is written. Default: the only one of the bundle.', placeholder: 'T21_X8' }),
    format: option.choice(EXPORT_FORMATS, { describe: 'Format of the file.', default: 'onnx' }),
    out: option.file({ describe: 'File to write.', required: true }),
  },
  async run({ name, candidate, format, out }, context) {
    const bundle = await openModelRegistry(await openStore(context.store, context)).verify(name);
    const exported = await exportModel(bundle, out, { format, ...(candidate === undefined ? {} : { candidate }) });
    return { json: { name, file: out, ...exported }, text: `${out}: the ${exported.modelKind} model of ${exported.candidate} as ${exported.format}, ${exported.bytes} bytes` };
  },
});

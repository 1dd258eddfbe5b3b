// One model of a bundle in a format that other programs read.
import { type Bundle, optionError, writeOnnx } from '@forecastlab/core';
import { writeFileWhole } from '@forecastlab/core/node';

/** Formats that models are exported in. */
export const EXPORT_FORMATS = ['onnx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportModelOptions {
  /** Name of the candidate in the bundle, such as T21_X8. Default: the only one. */
  readonly candidate?: string;
  /** Default: 'onnx'. */
  readonly format?: ExportFormat;
}

/** What was written. */
export interface ExportedModel {
  readonly candidate: string;
  readonly modelKind: string;
  readonly format: ExportFormat;
  readonly bytes: number;
}

/**
 * Writes the model of one candidate to `path` (absolute), whole or not at all.
 * @throws BAD_OPTION for a candidate that the bundle does not hold or that must be named; BAD_DATA for a model that the format cannot hold
 */
export async function exportModel({ meta, models }: Bundle, path: string, options: ExportModelOptions = {}): Promise<ExportedModel> {
  const names = [...models.keys()];
  const { candidate = names.length === 1 ? names[0] : undefined, format = 'onnx' } = options;
  const model = candidate === undefined ? undefined : models.get(candidate);
  if (candidate === undefined || model === undefined) throw optionError(`models export ${meta.deployName}`, 'candidate', `one of ${names.join(', ')}`, candidate);
  const bytes = writeOnnx(model);
  await writeFileWhole(path, bytes);
  return { candidate, modelKind: model.kind, format, bytes: bytes.length };
}

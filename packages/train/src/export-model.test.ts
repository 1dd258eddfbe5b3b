import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBundle, writeOnnx } from '@forecastlab/core';
import { afterAll, expect, it } from 'vitest';
import { tinyBundle } from '../../../tests/support/tiny-bundle.js';
import { exportModel } from './export-model.js';

const folder = mkdtempSync(join(tmpdir(), 'forecastlab-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('writes the model of the candidate that is named', async () => {
  const bundle = loadBundle(await tinyBundle('tiny', { kind: 'gbdt' }));
  const path = join(folder, 'new folder', 'model.onnx');
  for (const candidate of ['T21_X8', 'T14_X8.5']) {
    const exported = await exportModel(bundle, path, { candidate });
    const expected = writeOnnx(bundle.models.get(candidate) as Parameters<typeof writeOnnx>[0]);
    expect(exported).toEqual({ candidate, modelKind: 'gbdt', format: 'onnx', bytes: expected.length });
    expect(readFileSync(path).equals(expected)).toBe(true);
  }
  const before = readFileSync(path);
  await expect(exportModel(bundle, path)).rejects.toMatchObject({ code: 'BAD_OPTION', message: 'The `candidate` option of models export tiny must be one of T21_X8, T14_X8.5. Got undefined.' });
  expect(readFileSync(path).equals(before)).toBe(true);
});

// Finished work of a run on disk, so that an interrupted one goes on where it was: one line of JSON a piece, whole or absent.
import { sha256Hex } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import type { z } from 'zod';

/** Appends `line`, with the sha256 of its values. */
export async function appendCheckedLine(store: ArtifactStore, path: string, line: Readonly<Record<string, unknown>>): Promise<void> {
  await store.append(path, JSON.stringify({ ...line, sha256: digest(line) }));
}

/** The lines of the file that are whole and fit `schema`, in their order; none when there is no file. A line that is cut or damaged is left out. */
export async function readCheckedLines<Line>(store: ArtifactStore, path: string, schema: z.ZodType<Line>): Promise<readonly Line[]> {
  const bytes = await store.read(path);
  if (bytes === undefined) return [];
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((text) => {
      try {
        const { sha256, ...line } = JSON.parse(text) as Readonly<Record<string, unknown>>;
        return sha256 === digest(line) ? [schema.parse(line)] : [];
      } catch {
        return [];
      }
    });
}

const digest = (line: Readonly<Record<string, unknown>>): string => sha256Hex(new TextEncoder().encode(JSON.stringify(Object.values(line))));

// A problem as files of raw numbers, little-endian: all contenders, in whatever language, read the same bytes.
// train.f64 and test.f64 are column after column; train.u8 and test.u8 hold the classes; problem.json holds the sizes.
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureMatrix } from '@forecastlab/core';
import { CLASS_COUNT, type Problem, type ProblemFold } from './problem.js';

interface Sizes {
  readonly rows: number;
  readonly testRows: number;
  readonly names: readonly string[];
  readonly classes: number;
  readonly folds: readonly ProblemFold[];
}

/** Writes the files into a folder that exists. */
export function writeProblem(folder: string, problem: Problem): void {
  writeColumns(join(folder, 'train.f64'), problem.train.columns);
  writeColumns(join(folder, 'test.f64'), problem.test.columns);
  writeFileSync(join(folder, 'train.u8'), problem.classIndexes);
  writeFileSync(join(folder, 'test.u8'), problem.testClassIndexes);
  const sizes: Sizes = { rows: problem.train.length, testRows: problem.test.length, names: problem.train.names, classes: CLASS_COUNT, folds: problem.folds };
  writeFileSync(join(folder, 'problem.json'), JSON.stringify(sizes));
}

/** Reads what writeProblem has written. */
export function readProblem(folder: string): Problem {
  const { rows, testRows, names, folds } = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8')) as Sizes;
  return {
    train: readMatrix(join(folder, 'train.f64'), rows, names),
    classIndexes: Uint8Array.from(readFileSync(join(folder, 'train.u8'))),
    test: readMatrix(join(folder, 'test.f64'), testRows, names),
    testClassIndexes: Uint8Array.from(readFileSync(join(folder, 'test.u8'))),
    folds,
  };
}

function writeColumns(path: string, columns: readonly Float64Array[]): void {
  const file = openSync(path, 'w');
  for (const column of columns) {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  }
  closeSync(file);
}

function readMatrix(path: string, rows: number, names: readonly string[]): FeatureMatrix {
  const file = openSync(path, 'r');
  const columns = names.map(() => {
    const column = new Float64Array(rows);
    const bytes = new Uint8Array(column.buffer);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, bytes.length - at, null);
      if (read === 0) throw new Error(`${path} is shorter than problem.json says.`);
      at += read;
    }
    return column;
  });
  closeSync(file);
  return { names, columns, length: rows };
}

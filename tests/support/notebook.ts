// Executes a notebook with Jupyter and the tslab of the examples, in data folders of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repository, runProgramFile } from './commands.js';

export interface NotebookCell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: string | string[];
  readonly outputs?: NotebookOutput[];
}

export interface NotebookOutput {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, string | string[]>>;
  readonly ename?: string;
  readonly evalue?: string;
}

/** True where `jupyter nbconvert` runs. */
export function hasJupyter(): boolean {
  return spawnSync('jupyter', ['nbconvert', '--version'], { stdio: 'ignore' }).status === 0;
}

/** The cells of a notebook file. */
export function readNotebook(file: string): NotebookCell[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { cells: NotebookCell[] }).cells;
}

/** Executes the notebook in its own folder and gives the path of the executed copy in `scratch`. Throws when a cell fails. */
export async function executeNotebook(file: string, scratch: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const kernel = join(scratch, 'share/kernels/tslab');
  mkdirSync(kernel, { recursive: true });
  const tslab = join(repository, 'examples/node_modules/tslab/bin/tslab');
  const argv = [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'];
  writeFileSync(join(kernel, 'kernel.json'), JSON.stringify({ argv, display_name: 'TypeScript', language: 'typescript' }));
  const folders = { JUPYTER_PATH: 'share', JUPYTER_DATA_DIR: 'data', JUPYTER_RUNTIME_DIR: 'runtime', JUPYTER_CONFIG_DIR: 'config', IPYTHONDIR: 'ipython' };
  const { code, stderr } = await runProgramFile(
    'jupyter',
    ['nbconvert', '--to', 'notebook', '--execute', '--ExecutePreprocessor.timeout=240', '--output-dir', scratch, file],
    { env: { ...Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, join(scratch, folder)])), ...env } },
  );
  if (code !== 0) throw new Error(stderr);
  return join(scratch, basename(file));
}

/** Writes an executed notebook to `file`, without the times at which its cells ran. */
export function keepOutputs(executed: string, file: string): void {
  const notebook = JSON.parse(readFileSync(executed, 'utf8')) as { cells: { metadata: object }[] };
  for (const cell of notebook.cells) cell.metadata = {};
  writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
}

/** What a cell printed and showed, as text, one entry per output. Of images and HTML their kind alone. */
export function outputTexts(cell: NotebookCell): string[] {
  const joined = (text: string | string[] | undefined): string => (Array.isArray(text) ? text.join('') : (text ?? ''));
  return (cell.outputs ?? []).map((output) => {
    if (output.output_type === 'stream') return joined(output.text);
    if (output.output_type === 'error') return `${output.ename ?? ''}: ${output.evalue ?? ''}`;
    const kinds = Object.keys(output.data ?? {}).filter((kind) => kind !== 'text/plain');
    return kinds.length > 0 ? `(${kinds.join(', ')})` : joined(output.data?.['text/plain']);
  });
}

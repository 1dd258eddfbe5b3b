// Every notebook of the examples is executed by Jupyter with the tslab kernel and prints what it printed before.
// FORECASTLAB_UPDATE=1 writes new outputs into the notebooks instead.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder } from './support/commands.js';
import { executeNotebook, hasJupyter, keepOutputs, outputTexts, readNotebook } from './support/notebook.js';

const folder = join(repository, 'examples');
const notebooks = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
const isInstalled = hasJupyter();
if (!isInstalled) process.stderr.write('skipped: notebooks (Jupyter not found; apt-get install jupyter-core jupyter-nbconvert python3-ipykernel)\n');

describe.skipIf(!isInstalled)('notebooks', () => {
  it.each(notebooks)(
    '%s prints what it says',
    async (name) => {
      const committed = join(folder, name);
      const executed = await executeNotebook(committed, temporaryFolder());
      if (process.env.FORECASTLAB_UPDATE === '1') keepOutputs(executed, committed);
      const [before, now] = [committed, executed].map((file) => readNotebook(file).filter((cell) => cell.cell_type === 'code'));
      expect(now.length).toBeGreaterThan(3);
      expect(now.filter((cell) => outputTexts(cell).length > 0).length).toBeGreaterThan(3);
      for (const [i, cell] of now.entries()) expect(outputTexts(cell)).toEqual(outputTexts(before[i]));
    },
    300_000,
  );
});

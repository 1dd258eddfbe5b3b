import { describe, expect, it } from 'vitest';
import { readCodeVersion, readGitCommit } from './code-version.js';

describe('code version', () => {
  it('names the versions of what takes part in the numbers', async () => {
    const { versions, gitCommit } = await readCodeVersion('1.2.3');
    expect(versions).toMatchObject({ forecastlab: '1.2.3', node: process.versions.node });
    expect(versions.dependencies['simple-statistics']).toMatch(/^\d+\.\d+\.\d+/);
    expect(gitCommit ?? '0'.repeat(40)).toMatch(/^[0-9a-f]{40,64}$/);
  });

  it('takes no commit of the project that has it installed', async () => {
    expect(await readGitCommit('/project/node_modules/@forecastlab/train/dist/cli.js')).toBeNull();
    expect(await readGitCommit('/nowhere/at/all.js')).toBeNull();
  });
});

// A result that does not reach its file is a failure that says so, not a stack trace and not a success.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandFile, runProgramFile, temporaryFolder } from './support/commands.js';

it.runIf(existsSync('/dev/full'))('says so when the output cannot be written', async () => {
  const ended = await runProgramFile('/bin/sh', ['-c', `"${process.execPath}" "${commandFile('train')}" models list --json --root "${temporaryFolder()}" > /dev/full`]);
  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('error: The output cannot be written.') as string });
  expect(ended.stderr).toContain('no space is left on the disk');
  expect(ended.stderr).not.toContain('    at ');
});

it('is content when its reader goes away', async () => {
  const ended = await runProgramFile('/bin/sh', ['-c', `"${process.execPath}" "${commandFile('train')}" bundle --help | head -n 1`]);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});

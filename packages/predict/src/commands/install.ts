// forecastlab-predict install: units of launchd, systemd and cron.
import { homedir, userInfo } from 'node:os';
import { ForecastLabError } from '@forecastlab/core';
import { type Command, type CommandContext, defineCommand, option } from '@forecastlab/core/node';
import { formatUnit, unitAdvice } from '../install/format-unit.js';
import { makeUnit } from '../install/make-unit.js';
import { programPlace } from '../install/program-place.js';
import type { ServiceManager } from '../install/unit.js';
import { writeUnit } from '../install/write-unit.js';

const SUMMARIES: Readonly<Record<ServiceManager, string>> = {
  systemd: 'Print the units of systemd that predict every day at 00:05 UTC, or keep the scheduler running.',
  launchd: 'Print the property list of launchd that predicts every day, or keeps the scheduler running.',
  cron: 'Print the lines of a crontab that predict every day, or keep the scheduler running.',
};

/** Where --write would put it is no place of another system. */
const PLATFORMS: Readonly<Record<ServiceManager, (platform: NodeJS.Platform) => boolean>> = {
  systemd: (platform) => platform === 'linux',
  launchd: (platform) => platform === 'darwin',
  cron: (platform) => platform !== 'win32',
};

export const installCommands: readonly Command[] = (['systemd', 'launchd', 'cron'] as const).map((manager) =>
  defineCommand({
    path: ['install', manager],
    summary: SUMMARIES[manager],
    description: `${SUMMARIES[manager]} With the absolute paths of this Node, this program and this root. --write puts it in place, once: what was changed there by hand is left as it is without --force. What to type then, and how to take it away again, is said on standard error.`,
    examples: [`install ${manager}`, `install ${manager} --what scheduler`, `install ${manager} --write`],
    options: {
      what: option.choice(['predict', 'scheduler'], { describe: 'The prediction of the day, or the scheduler with the jobs of forecastlab.config.json.', default: 'predict' }),
      source: option.choice(['auto', 'rest', 'dumps', 'sample'], { describe: 'Where the prediction takes new bars from. Default: what the configuration says, else auto.' }),
      unit: option.string({ describe: 'Name of the unit, one for each root. Default: forecastlab-predict or forecastlab-schedule.' }),
      system: option.boolean({ describe: 'systemd: a unit of the whole machine (/etc/systemd/system), which runs as this user without a login.' }),
      write: option.boolean({ describe: 'Put it in place rather than print it.' }),
      force: option.boolean({ describe: 'With --write: also in the place of one that says something else.' }),
    },
    async run(options, context) {
      const program = programPlace({ env: context.env, execPath: process.execPath });
      const { unit, name } = makeUnit({
        manager,
        what: options.what,
        name: options.unit,
        isSystem: options.system,
        // What the configuration says is left to it: it may change without the unit.
        source: options.source !== undefined && options.source === context.config.source ? undefined : (options.source ?? 'auto'),
        root: context.root,
        store: context.store === context.root ? undefined : context.store,
        program,
        home: homeOf(context),
        user: userInfo().username,
        env: context.env,
      });
      if (!options.write) {
        for (const line of unitAdvice(unit, { notes: program.notes, written: undefined })) context.log(line);
        return { json: { ...unit, written: null }, text: formatUnit(unit) };
      }
      if (!PLATFORMS[manager](process.platform)) throw new ForecastLabError('BAD_OPTION', `${manager} is no part of this machine (${process.platform}).`, { hint: 'Without --write the unit is printed only.' });
      const written = await writeUnit(unit, name, { force: options.force });
      for (const line of unitAdvice(unit, { notes: program.notes, written })) context.log(line);
      return { json: { ...unit, written }, text: written.map(({ place, status }) => `${place}: ${status}`).join('\n') };
    },
  }),
);

function homeOf({ env }: CommandContext): string {
  return env.HOME !== undefined && env.HOME !== '' ? env.HOME : homedir();
}

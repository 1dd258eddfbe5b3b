// Lines for crontab(5). Not all crons know CRON_TZ, and an hour of local time may come twice or not at all: so the prediction runs every hour,
// in whatever zone; a run that finds the day's prediction there ends at once.
import { ForecastLabError } from '@forecastlab/core';
import { checkUnitText } from './check-path.js';
import { shellWord } from './systemd-unit.js';
import type { Unit, UnitRequest } from './unit.js';

const MINUTE = 5;
/** Vixie cron, on Debian and macOS, cuts a command that is longer. */
const MAX_COMMAND = 990;

export function cronUnit({ what, name, words, path, root }: UnitRequest): Unit {
  for (const word of [...words, path, root]) checkUnitText(word, 'A path in a crontab');
  const command = cronCommand(`PATH=${shellWord(path)} ${words.map(shellWord).join(' ')} >/dev/null${what === 'scheduler' ? ' 2>&1' : ''}`);
  const lines = what === 'predict' ? [`${MINUTE} * * * * ${command}`] : [`@reboot ${command}`, `*/10 * * * * ${command}`];
  const why = what === 'predict' ? 'Every hour: the first run after the bar of the day has closed predicts, the others find the answer there.' : 'Starts the scheduler with the machine, and again when it is gone.';
  return {
    manager: 'cron',
    what,
    files: [],
    crontab: [...crontabMarks(name).slice(0, 1), `# ${why}`, ...lines, crontabMarks(name)[1], ''].join('\n'),
    folders: [],
    enable: [],
    remove: [`crontab -l | sed ${shellWord(`/^${crontabMarks(name)[0].replace(/[.[\]*^$/]/g, '\\$&')}$/,/^${crontabMarks(name)[1].replace(/[.[\]*^$/]/g, '\\$&')}$/d`)} | crontab -`],
    notes: ['cron mails what a run prints on standard error, which is nothing as long as all is well; the log is outputs/logs/predict.jsonl.', 'What was due while the machine was off is made up for by the next run.'],
  };
}

/** The first and the last of our lines in a crontab. */
export function crontabMarks(name: string): readonly [string, string] {
  return [`# begin ${name}, written by forecastlab-predict install cron`, `# end ${name}`];
}

/** A command as cron reads it: `%` is a line end unless a backslash stands before it. */
function cronCommand(command: string): string {
  const escaped = command.replaceAll('%', '\\%');
  if (escaped.length <= MAX_COMMAND) return escaped;
  throw new ForecastLabError('BAD_OPTION', `A line of a crontab must be shorter than ${MAX_COMMAND} characters. Got ${escaped.length}.`, { hint: 'Choose a root with a shorter path, or write the command into a script and call that from cron.' });
}

// A property list for launchd. Source: launchd.plist(5). Calendar times are local and know no time zone, and what is missed while the Mac is off is
// lost: so it runs every hour, and at login; a run that finds the day's prediction there ends at once.
import { join } from 'node:path';
import { checkUnitText } from './check-path.js';
import { shellWord } from './systemd-unit.js';
import type { Unit, UnitRequest } from './unit.js';

const MINUTE = 5;

type PlistValue = string | number | boolean | readonly string[] | { readonly [key: string]: PlistValue };

export function launchdUnit({ what, name, words, path, root, home }: UnitRequest): Unit {
  for (const word of [...words, path, root]) checkUnitText(word, 'A path in a unit');
  const errors = join(root, 'outputs', 'logs', `${name}.stderr.log`);
  const list: Record<string, PlistValue> = {
    Label: name,
    ProgramArguments: words,
    EnvironmentVariables: { PATH: path },
    RunAtLoad: true,
    ...(what === 'predict' ? { StartCalendarInterval: { Minute: MINUTE } } : { KeepAlive: true, ThrottleInterval: 30, ExitTimeOut: 660 }),
    StandardOutPath: '/dev/null',
    StandardErrorPath: errors,
  };
  const file = join(home, 'Library', 'LaunchAgents', `${name}.plist`);
  return {
    manager: 'launchd',
    what,
    files: [{ path: file, content: plist(list) }],
    crontab: null,
    folders: [join(root, 'outputs', 'logs')],
    enable: [`launchctl bootstrap gui/$(id -u) ${shellWord(file)}`],
    remove: [`launchctl bootout gui/$(id -u)/${name}`, `rm ${shellWord(file)}`],
    notes: [`Start it by hand: launchctl kickstart gui/$(id -u)/${name}. See its state: launchctl print gui/$(id -u)/${name}.`, 'Once it is in place with other contents, switch it off and on again: launchd reads the file only then.'],
  };
}

function plist(list: Readonly<Record<string, PlistValue>>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${element(list, '')}
</plist>
`;
}

function element(value: PlistValue, indent: string): string {
  if (typeof value === 'boolean') return `${indent}<${String(value)}/>`;
  if (typeof value === 'number') return `${indent}<integer>${value}</integer>`;
  if (typeof value === 'string') return `${indent}<string>${escapeXml(value)}</string>`;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return [`${indent}<array>`, ...(value as readonly string[]).map((item) => element(item, inner)), `${indent}</array>`].join('\n');
  return [`${indent}<dict>`, ...Object.entries(value).flatMap(([key, item]) => [`${inner}<key>${escapeXml(key)}</key>`, element(item, inner)]), `${indent}</dict>`].join('\n');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// Units of systemd: a service with a timer, or the scheduler as a service.
// Source: systemd.service(5), systemd.timer(5), systemd.exec(5); quoting by systemd.syntax(7).
import { join } from 'node:path';
import { ForecastLabError } from '@forecastlab/core';
import { checkUnitText } from './check-path.js';
import type { Unit, UnitRequest } from './unit.js';

export interface SystemdRequest extends UnitRequest {
  /** Where unit files go. */
  readonly folder: string;
  /** The user that a unit of the whole machine runs as; undefined for a unit of the user. */
  readonly systemUser: string | undefined;
  /** Name of the user, for the command that lets units run without a login. */
  readonly user: string;
  /** Absolute folders that it may write, for a unit of the whole machine. */
  readonly writable: readonly string[];
}

/** Longest run of a prediction: fetching years of klines takes minutes. */
const LONGEST_RUN = '1h';

export function systemdUnit(request: SystemdRequest): Unit {
  const { what, name, root, folder, systemUser, user, words } = request;
  for (const word of [...words, root, request.path]) checkUnitText(word, 'A path in a unit');
  if (words[0].includes('$')) throw new ForecastLabError('BAD_OPTION', `systemd cannot start a program whose path holds a dollar sign. Got ${JSON.stringify(words[0])}.`, { hint: 'Install Node elsewhere.' });
  const service = { path: join(folder, `${name}.service`), content: what === 'predict' ? predictService(request) : schedulerService(request) };
  const timer = { path: join(folder, `${name}.timer`), content: timerText(name) };
  const systemctl = systemUser === undefined ? 'systemctl --user' : 'sudo systemctl';
  const main = `${name}.${what === 'predict' ? 'timer' : 'service'}`;
  const files = what === 'predict' ? [service, timer] : [service];
  return {
    manager: 'systemd',
    what,
    files,
    crontab: null,
    folders: [],
    enable: [...(systemUser === undefined ? [`loginctl enable-linger ${shellWord(user)}`] : []), `${systemctl} daemon-reload`, `${systemctl} enable --now ${main}`],
    remove: [`${systemctl} disable --now ${main}`, `${systemUser === undefined ? '' : 'sudo '}rm ${files.map(({ path }) => shellWord(path)).join(' ')}`, `${systemctl} daemon-reload`],
    notes: [
      `See what it does: ${systemctl} status ${name}.service, and journalctl ${systemUser === undefined ? '--user ' : ''}-u ${name}.service.`,
      ...(systemUser === undefined ? ['Without the first command the unit runs only while you are logged in.'] : []),
    ],
  };
}

function predictService(request: SystemdRequest): string {
  return [
    '[Unit]',
    'Description=ForecastLab: the prediction of the day',
    // no more than a day of trying again
    'StartLimitIntervalSec=1d',
    'StartLimitBurst=40',
    '',
    '[Service]',
    ...common(request),
    `RuntimeMaxSec=${LONGEST_RUN}`,
    // Services of type oneshot cannot do this.
    '# 75: the exchange is out of reach, or the bar is not there yet. It is tried again.',
    'RestartForceExitStatus=75',
    'RestartSec=15min',
    '',
  ].join('\n');
}

function schedulerService(request: SystemdRequest): string {
  return [
    '[Unit]',
    'Description=ForecastLab: the scheduler',
    'StartLimitIntervalSec=1h',
    'StartLimitBurst=20',
    '',
    '[Service]',
    ...common(request),
    'Restart=always',
    'RestartSec=10s',
    '# 2: the configuration is wrong. Starting again would not help.',
    'RestartPreventExitStatus=2',
    '# The scheduler lets a running job end by itself for ten minutes.',
    'KillMode=mixed',
    'TimeoutStopSec=11min',
    '',
    '[Install]',
    `WantedBy=${request.systemUser === undefined ? 'default.target' : 'multi-user.target'}`,
    '',
  ].join('\n');
}

function common({ words, path, systemUser, writable, root }: SystemdRequest): string[] {
  return [
    `ExecStart=${words.map(execWord).join(' ')}`,
    `Environment=${quoted(`PATH=${path}`)}`,
    '# Variables with secrets, such as the address of a webhook, may stand in this file (chmod 600).',
    `EnvironmentFile=-${join(root, 'forecastlab.env').replaceAll('%', '%%')}`,
    'Nice=5',
    'NoNewPrivileges=true',
    'LockPersonality=true',
    'RestrictRealtime=true',
    // Sandboxes that need mounts work in units of the machine everywhere, in units of a user only on some.
    ...(systemUser === undefined ? [] : [`User=${systemUser}`, 'ProtectSystem=strict', `ReadWritePaths=${writable.map((folder) => quoted(folder)).join(' ')}`, 'PrivateTmp=true', 'PrivateDevices=true', 'ProtectKernelTunables=true', 'ProtectControlGroups=true']),
  ];
}

function timerText(name: string): string {
  return [
    '[Unit]',
    'Description=ForecastLab: five minutes after the day\'s bar has closed',
    '',
    '[Timer]',
    '# In UTC whatever the zone of the machine; caught up when it was off.',
    'OnCalendar=*-*-* 00:05:00 UTC',
    'Persistent=true',
    'AccuracySec=1s',
    `Unit=${name}.service`,
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}

/** A word of a command: `%` begins a specifier and `$` a variable; doubled they are themselves. */
function execWord(word: string): string {
  return quoted(word).replaceAll('$', '$$$$');
}

function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
  return /^[A-Za-z0-9_@:=+,./-]+$/.test(text) ? text : `"${escaped}"`;
}

/** A word for sh, in commands that people copy. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%:=+,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

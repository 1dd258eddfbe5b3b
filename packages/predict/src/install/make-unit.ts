// The unit of one service manager for this root.
import { join } from 'node:path';
import { optionError } from '@forecastlab/core';
import { cronUnit } from './cron-unit.js';
import { launchdUnit } from './launchd-unit.js';
import type { ProgramPlace } from './program-place.js';
import { systemdUnit } from './systemd-unit.js';
import type { ServiceManager, Unit, UnitPurpose, UnitRequest } from './unit.js';

/** What `install` is asked for, and by whom. */
export interface InstallRequest {
  readonly manager: ServiceManager;
  readonly what: UnitPurpose;
  /** Default: `forecastlab-predict` or `forecastlab-schedule`. */
  readonly name?: string | undefined;
  /** A unit of systemd for the whole machine rather than the user. */
  readonly isSystem: boolean;
  /** Where bars come from, for `run`; undefined where the configuration says it. */
  readonly source: string | undefined;
  readonly root: string;
  /** Where it is not the root. */
  readonly store: string | undefined;
  readonly program: ProgramPlace;
  readonly home: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

/** @throws BAD_OPTION for a name or path that cannot stand in a unit */
export function makeUnit(request: InstallRequest): { readonly unit: Unit; readonly name: string } {
  const { manager, what, root, store, source, program, home, user, env, isSystem } = request;
  const name = request.name ?? (what === 'predict' ? 'forecastlab-predict' : 'forecastlab-schedule');
  if (!NAME.test(name)) throw optionError('install', 'unit', 'letters, digits, ., _ and -', name);
  if (isSystem && manager !== 'systemd') throw optionError('install', 'system', `left away with ${manager}`, true, 'Units of the whole machine are made for systemd only.');
  // The journal of systemd keeps what the scheduler says; elsewhere it would fill a file, or a mailbox.
  const isTold = what === 'scheduler' && manager === 'systemd';
  const places = ['--root', root, ...(store === undefined ? [] : ['--store', store]), ...(isTold ? [] : ['--quiet'])];
  const run = ['run', ...(source === undefined ? [] : ['--source', source])];
  // cron has nobody to keep a program running: there the scheduler goes to the background.
  const words = what === 'predict' ? run : ['schedule', manager === 'cron' ? 'start' : 'run'];
  const unitRequest: UnitRequest = { what, name, root, home, path: program.path, words: [program.node, program.cli, ...words, ...places] };
  return { name, unit: unitFor(manager, unitRequest, { user, isSystem, store, env }) };
}

function unitFor(manager: ServiceManager, request: UnitRequest, { user, isSystem, store, env }: Pick<InstallRequest, 'user' | 'isSystem' | 'store' | 'env'>): Unit {
  switch (manager) {
    case 'systemd': {
      const configHome = env.XDG_CONFIG_HOME !== undefined && env.XDG_CONFIG_HOME.startsWith('/') ? env.XDG_CONFIG_HOME : join(request.home, '.config');
      const isFolder = store !== undefined && !store.includes('://');
      return systemdUnit({ ...request, user, systemUser: isSystem ? user : undefined, folder: isSystem ? '/etc/systemd/system' : join(configHome, 'systemd', 'user'), writable: [request.root, ...(isFolder ? [store] : [])] });
    }
    case 'launchd':
      return launchdUnit(request);
    case 'cron':
      return cronUnit(request);
  }
}

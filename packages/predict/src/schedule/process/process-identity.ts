// Which process is meant: a number alone is used again by the system, together with the start time it is not.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, past or present. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: the boot of the machine and the start within it; empty where the system does not say. */
  readonly started: string;
  /** Machine and name space of process numbers: elsewhere the number says nothing. Missing in what older versions wrote. */
  readonly place?: string;
}

const isLinux = process.platform === 'linux';

/** The process that has this number now; undefined when there is none, or only what is left of a dead one. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const started = isLinux ? startOnLinux(pid) : startByPs(pid);
  return started === undefined ? undefined : { pid, started, place: ownPlace() };
}

let place: string | undefined;

/** Where this process counts its process numbers: two containers on one volume both have a process 1. */
export function ownPlace(): string {
  if (place === undefined) {
    let space = '';
    try {
      space = isLinux ? readlinkSync('/proc/self/ns/pid') : '';
    } catch {
      // Without /proc the host alone has to do.
    }
    place = `${hostname()}/${space}`;
  }
  return place;
}

/** True for a process of another machine or container, of which only a heartbeat tells whether it lives. */
export function isElsewhere(identity: ProcessIdentity): boolean {
  return identity.place !== undefined && identity.place !== ownPlace();
}

/** True while that very process lives. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.started === identity.started;
}

/** Sends a signal to that very process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  return isAlive(identity) && signalQuietly(identity.pid, signal);
}

/** `process.kill` that says false instead of throwing. A negative number means the process group. */
export function signalQuietly(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Resident memory in bytes; null where the system does not say. */
export function residentBytes(pid: number): number | null {
  if (isLinux) return kilobytes(/^VmRSS:\s+(\d+) kB/m.exec(readOrUndefined(`/proc/${pid}/status`) ?? '')?.[1]);
  return kilobytes(ps(['-o', 'rss=', '-p', String(pid)])?.trim());
}

/** Processes that were started with the variable `name=value`, themselves or through a parent; never this one. */
export function findByVariable(name: string, value: string): ProcessIdentity[] {
  const wanted = `${name}=${value}`;
  const pids = isLinux
    ? readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && readOrUndefined(`/proc/${entry}/environ`)?.split('\0').includes(wanted) === true)
    : (ps(['-axEww', '-o', 'pid=,command=']) ?? '').split('\n').filter((line) => line.split(/\s+/).includes(wanted)).map((line) => line.trim().split(/\s+/)[0]);
  return pids.map(Number).filter((pid) => pid !== process.pid).flatMap((pid) => identifyProcess(pid) ?? []);
}

let bootId: string | undefined;

function startOnLinux(pid: number): string | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may hold blanks and parentheses itself; state is the 3rd field, start time in ticks since boot the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  bootId ??= (readOrUndefined('/proc/sys/kernel/random/boot_id') ?? '').trim();
  return `${bootId}/${fields[19]}`;
}

function startByPs(pid: number): string | undefined {
  const line = ps(['-o', 'stat=,lstart=', '-p', String(pid)])?.trim();
  if (line !== undefined) return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  return signalQuietly(pid, 0) ? '' : undefined;
}

/** Undefined where there is no such program; empty when no process fits. */
function ps(args: readonly string[]): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env.PATH, LC_ALL: 'C' }, maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number' ? '' : undefined;
  }
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

const kilobytes = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text) * 1024);

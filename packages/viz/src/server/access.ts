// Who may read: anyone on this machine by default, anyone with the token when one is set.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { optionError } from '@forecastlab/core';

/** The cookie that stands for a token once it was given. */
export const TOKEN_COOKIE = 'forecastlab_token';

/** True for names and addresses that only this machine can reach. */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Holds the rule that an address which others can reach needs a token.
 * @throws BAD_OPTION
 */
export function checkAccessOptions(host: string, token: string | undefined): void {
  if (token !== undefined && token.trim() === '') throw optionError('startServer', 'token', 'a text that is not empty', token);
  if (token !== undefined || isLocalHost(host)) return;
  throw optionError('startServer', 'host', 'a local address (127.0.0.1, ::1, localhost) unless a token is set', host, 'Others can reach this address: set --token T (or FORECASTLAB_TOKEN) to a long random text.');
}

/** Compares in a time that does not depend on where the texts differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** The cookie's value: proves the token without containing it, and outlives a restart of the server. */
export function cookieValueOf(token: string): string {
  return createHmac('sha256', token).update('forecastlab dashboard').digest('hex');
}

/** The host part of a Host header, without the port. */
export function hostNameOf(hostHeader: string): string {
  return hostHeader.replace(/:\d+$/, '');
}

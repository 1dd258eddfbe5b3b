import { describe, expect, it } from 'vitest';
import { createHostList } from './host-list.js';

describe('createHostList', () => {
  it('goes round, once for all requests that failed at the same host', () => {
    const hosts = createHostList(['https://a', 'https://b/', 'https://c/base//', 'https://a/']);
    expect(hosts.all).toEqual(['https://a', 'https://b', 'https://c/base']);
    hosts.moveOn('https://a');
    hosts.moveOn('https://a');
    expect(hosts.current()).toBe('https://b');
    hosts.moveOn('https://b');
    hosts.moveOn('https://c/base');
    expect(hosts.current()).toBe('https://a');
  });

  it('passes over those that refuse, until none is left', () => {
    const hosts = createHostList(['https://a', 'https://b', 'https://c']);
    hosts.strike('https://b');
    expect(hosts.current()).toBe('https://a');
    hosts.strike('https://a');
    expect(hosts.current()).toBe('https://c');
    hosts.moveOn('https://c');
    expect(hosts.current()).toBe('https://c');
    hosts.strike('https://c');
    expect(hosts.current()).toBeUndefined();
  });

  it.each(['api.binance.com', 'ftp://a', 'https://user:secret@a', 'https://a?x=1', ''])('refuses %j', (url) => {
    expect(() => createHostList([url])).toThrowError(expect.objectContaining({ code: 'BAD_OPTION' }) as Error);
  });

  it('refuses an empty list', () => {
    expect(() => createHostList([])).toThrowError('baseUrls');
  });
});

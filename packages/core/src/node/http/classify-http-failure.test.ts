import { describe, expect, it } from 'vitest';
import { classifyHttpFailure } from './classify-http-failure.js';
import { HttpFailure } from './http-client.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('classifyHttpFailure', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'cut'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['EHOSTUNREACH', 'other'],
  ])('%s is %s', (code, kind) => {
    expect(classifyHttpFailure('http://h/', withCode(code)).kind).toBe(kind);
  });

  it('looks into causes and into the errors of all addresses', () => {
    expect(classifyHttpFailure('u', new Error('outer', { cause: withCode('ECONNRESET') })).kind).toBe('cut');
    expect(classifyHttpFailure('u', new Error('outer', { cause: new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]) })).kind).toBe('refused');
    const failure = new HttpFailure('too-long', 'u');
    expect(classifyHttpFailure('u', new Error('outer', { cause: failure }))).toBe(failure);
    expect(classifyHttpFailure('u', 'text')).toMatchObject({ kind: 'other', cause: 'text' });
  });

  it('survives causes that go round', () => {
    const error = new Error('round');
    error.cause = error;
    expect(classifyHttpFailure('u', error).kind).toBe('other');
  });
});

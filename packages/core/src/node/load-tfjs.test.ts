import { describe, expect, it } from 'vitest';
import { loadTfjs } from './load-tfjs.js';

/** Imports what is installed, and fails for the packages named. */
const without = (...missing: string[]) => (name: string): Promise<unknown> => (missing.includes(name) ? Promise.reject(new Error(`Cannot find package '${name}'`)) : import(name));

describe('loadTfjs', () => {
  it('takes the native backend when it is installed and computes', async () => {
    const real = await import('@tensorflow/tfjs-core');
    await loadTfjs({ backends: ['cpu'] });
    const asked: string[] = [];
    // stands for tfjs-node: the same exports, another name of backend
    const native = { ...real, setBackend: (name: string) => (asked.push(name), Promise.resolve(true)) };
    await expect(loadTfjs({ importPackage: (name) => (name === '@tensorflow/tfjs-node' ? Promise.resolve({ default: native }) : import(name)) })).resolves.toBe(native);
    expect(asked).toEqual(['tensorflow']);
  });

  it('passes over a native backend that is broken', async () => {
    const broken = { ...(await import('@tensorflow/tfjs-core')), setBackend: () => Promise.reject(new Error('util.isNullOrUndefined is not a function')) };
    const tf = await loadTfjs({ importPackage: (name) => (name === '@tensorflow/tfjs-node' ? Promise.resolve(broken) : import(name)) });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('falls back to plain JavaScript without the WebAssembly backend; loads again and again', async () => {
    expect((await loadTfjs({ importPackage: without('@tensorflow/tfjs-node', '@tensorflow/tfjs-backend-wasm') })).getBackend()).toBe('cpu');
    expect((await loadTfjs({ importPackage: without('@tensorflow/tfjs-node') })).getBackend()).toBe('wasm');
    expect((await loadTfjs({ backends: ['cpu'] })).getBackend()).toBe('cpu');
  });

  it('passes over a backend that computes wrongly', async () => {
    const real = await import('@tensorflow/tfjs-core');
    const wrong = { ...real, setBackend: () => Promise.resolve(true), sum: () => real.scalar(5), valueAndGrads: () => () => ({ value: real.scalar(0), grads: [real.scalar(0)] }) };
    await expect(loadTfjs({ backends: ['tensorflow'], importPackage: () => Promise.resolve(wrong) })).rejects.toMatchObject({ details: { failures: ['tensorflow: the backend tensorflow computes 2 + 4 as 5'] } });
  });

  it('says what to install when there is nothing', async () => {
    const nothing = loadTfjs({ importPackage: without('@tensorflow/tfjs-node', '@tensorflow/tfjs-core') });
    await expect(nothing).rejects.toMatchObject({ code: 'BAD_OPTION', hint: expect.stringContaining('npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm') });
    await expect(loadTfjs({ importPackage: () => Promise.resolve({}) })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
